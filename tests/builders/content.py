"""A small sound content folder on disk: two clinics, a doctor, a room, tables, a page and a list.

`a_content_folder(folder)` writes all of it; `change` puts one text in place of another, `write` makes a whole file.
"""

from pathlib import Path

from PIL import Image

CLINIC = """\
---
name: {lv: Klīnika „Vēja roze”, ru: Клиника «Vēja roze», en: “Vēja roze” clinic}
kind: clinic
number_prefix: VR
company_name: SIA „Vēja roze”
company_number: "40003000000"
institution_code: 0100-00000
address: {street: Kastaņu aleja 12, town: riga, post_code: LV-1010, latitude: "56.94965", longitude: "24.10519"}
branches:
  - id: juglas
    name: {lv: Juglas filiāle, ru: Филиал в Югле, en: Jugla branch}
    address: {street: Juglas iela 3, town: riga, post_code: LV-1064, latitude: "56.98", longitude: "24.25"}
    phones: [+371 6000 0013]
    hours: {mon: 9:00-17:00}
phones: [+371 6000 0012]
email: registratura@vejaroze.example
site: https://vejaroze.example/
hours: {mon: 8:00-19:00, tue: "8:00-12:00, 13:00-17:00", sat: 9:00-13:00, sun: closed}
insurers: [sala]
payment: [card, cash]
state_contract: yes
accessibility: {step_free: yes, lift: no, note: Lifts ir otrajā ieejā.}
transport: {lv: 3. tramvajs, ru: Трамвай 3, en: Tram 3}
reception: {lv: reģistratūrā 1. stāvā, ru: в регистратуре на 1 этаже, en: at reception on floor 1}
picture: veja-roze.jpg
checked: 2026-11-02
old_slugs: [veja-roze-riga]
---
Klīnika netālu no parka.

=== ru
Клиника рядом с парком.

=== en
A clinic near the park.
"""

OTHER_CLINIC = """\
---
name: Jūras prakse
kind: practice
number_prefix: JP
company_name: SIA „Jūras prakse”
company_number: "40003000001"
institution_code: 0500-00001
address: {street: Liepu iela 1, town: liepaja, post_code: LV-3401, latitude: "56.51", longitude: "21.01"}
phones: [+371 6340 0000]
checked: 2026-11-02
---
"""

DOCTOR = """\
---
kind: doctor
given: Ilze
family: Bērziņa
prefix: Dr.
title: {lv: Kardioloģe, ru: Кардиолог, en: Cardiologist}
lay_title: {lv: sirds ārste, ru: врач по заболеваниям сердца, en: heart doctor}
cases:
  genitive: Ilzes Bērziņas
  dative: Ilzei Bērziņai
  accusative: Ilzi Bērziņu
  visit_to: {lv: pie ārstes Ilzes Bērziņas, ru: "приём у врача: Ilze Bērziņa", en: with Ilze Bērziņa}
specialties: [kardiologs]
languages: [lv, ru, en]
register_number: "12345"
register_checked: 2026-02-22
certificate_until: 2029-05-01
new_patients: yes
ages: {from: 12, to: }
picture: ilze-berzina.png
checked: 2026-11-02
old_slugs: [ilze-kalnina]
practices:
  - clinic: veja-roze
    branch: juglas
    room: "304"
    floor: "3"
    arrive_early: 10 min
    limits: {notice: 2 h, horizon: 60 d, cancel_by: 24 h, visits: 2}
    queue: {length: {lv: 7 mēneši, ru: 7 месяцев, en: 7 months}, checked: 2026-11-01}
    services:
      - id: konsultacija
        title: {lv: Konsultācija, ru: Консультация, en: Consultation}
        payer: paid
        minutes: 30
        buffer: {before: 0, after: 5}
        price: "55.00"
        ages: {from: 12, to: 80}
        preparation: {lv: Paņemiet līdzi izrakstus., ru: Возьмите выписки., en: Bring your papers.}
      - id: valsts-vizite
        old_ids: [valsts]
        title: {lv: Valsts apmaksāta vizīte, ru: Визит за счёт государства, en: State-paid visit}
        payer: state
        minutes: 20
        co_payment: specialist
        referral: yes
  - clinic: juras-prakse
    services: []
---
Strādā ar sirds ritma traucējumiem.

## Pieredze

Divdesmit gadi [klīnikā](https://vejaroze.example/).

=== ru
Лечит нарушения ритма сердца.
"""

ROOM = """\
---
kind: room
name: {lv: Procedūru kabinets, ru: Процедурный кабинет, en: Treatment room}
title: {lv: Procedūru kabinets, ru: Процедурный кабинет, en: Treatment room}
checked: 2026-11-02
practices:
  - clinic: veja-roze
    services:
      - id: analizes
        title: Analīzes
        payer: paid
        minutes: 10
        price: "5.00"
        booking: walk-in
        hours: 7.30–10.00
---
"""

SPECIALTIES = """\
kardiologs:
  name: {lv: Kardiologs, ru: Кардиолог, en: Cardiologist}
  plural: {lv: Kardiologi, ru: Кардиологи, en: Cardiologists}
  lay: {lv: sirds ārsts, ru: врач по заболеваниям сердца, en: heart doctor}
  schema_org: [Cardiovascular]
  snomed: "394579002"
  kind: doctor
"""

TOWNS = """\
riga: {name: {lv: Rīga, ru: Рига, en: Riga}, in: {lv: Rīgā, ru: в Риге, en: in Riga}, region: LV-RIX}
liepaja: {name: {lv: Liepāja, ru: Лиепая, en: Liepāja}, in: {lv: Liepājā, ru: в Лиепае, en: in Liepāja}, region: LV-LPX}
"""

PRICES = """\
from: 2026-01-01
exempt: {lv: Bērni un grūtnieces., ru: Дети и беременные., en: Children and pregnant women.}
prices:
  specialist: {amount: "4.00", ages: [{to: 17, amount: "0.00"}], title: {lv: Speciālists, ru: Врач, en: Specialist}}
"""

GONE = """\
doctors:
  janis-kalns:
    name: Jānis Kalns
    specialty: kardiologs
    clinic: veja-roze
    town: riga
    left: 2026-10-01
    old_slugs: [janis-kalnins]
  jana-kalna: {name: Jana Kalna, town: liepaja, left: 2026-10-02, to: ilze-berzina}
clinics:
  veca-prakse: {name: {lv: Vecā prakse, ru: Старая практика, en: Old practice}, town: riga, left: 2026-09-01}
pages:
  /kardiologs/liepaja/: {left: 2026-10-01, to: /kardiologs/}
  /en/vecs-raksts/: {left: 2026-10-01, to: /palidziba/}
  /akcija/: {left: 2026-10-01}
"""

PAGE = "---\ntitle: {}\ndescription: {}\nmenu: yes\n---\n{}\n"

LIST = """\
---
---
Rīgas kardiologi. Pie sirds ārsta iet ar augstu asinsspiedienu, sirdsklauvēm, elpas trūkumu vai sāpēm krūtīs.
Valsts apmaksātai vizītei vajag ģimenes ārsta nosūtījumu, maksas vizītei to nevajag. Līdzi ņemiet zāļu sarakstu,
iepriekšējās kardiogrammas un asinsspiediena pierakstus par divām nedēļām. Stipru sāpju gadījumā zvaniet 113.

=== en
Cardiologists in Riga. People see a heart doctor about high blood pressure, palpitations, breathlessness or pain in the
chest. A state-paid visit needs a referral of the family doctor, a private one does not. Bring a list of your medicines
and earlier cardiograms. With strong pain call 113.
"""

FILES = {
    "clinics/veja-roze.md": CLINIC,
    "clinics/juras-prakse.md": OTHER_CLINIC,
    "doctors/ilze-berzina.md": DOCTOR,
    "doctors/proceduras.md": ROOM,
    "tables/specialties.yaml": SPECIALTIES,
    "tables/towns.yaml": TOWNS,
    "tables/insurers.yaml": "sala: {name: „Sala”, site: https://sala.example/}\n",
    "tables/prices.yaml": PRICES,
    "pages/palidziba.lv.md": PAGE.format("Palīdzība", "Kā pierakstīties.", "Zvaniet klīnikai."),
    "pages/palidziba.ru.md": PAGE.format("Помощь", "Как записаться.", "Позвоните в клинику."),
    "pages/palidziba.en.md": PAGE.format("Help", "How to book.", "Call the clinic."),
    "lists/kardiologs--riga.md": LIST,
}


def a_content_folder(folder: Path) -> Path:
    """Writes the sound folder and returns it."""
    for file, text in FILES.items():
        write(folder, file, text)
    a_picture(folder / "images" / "veja-roze.jpg", (520, 390))
    a_picture(folder / "images" / "ilze-berzina.png", (400, 500))
    return folder


def a_picture(path: Path, size: tuple[int, int] = (400, 500)) -> Path:
    """A plain picture, of the kind that the suffix says."""
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.new("RGB", size, "#2a6f97").save(path)
    return path


def write(folder: Path, file: str, text: str) -> Path:
    path = folder / file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def change(folder: Path, file: str, old: str, new: str) -> None:
    """Puts `new` in place of the one `old` in a file."""
    text = (folder / file).read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {file}"
    write(folder, file, text.replace(old, new))
