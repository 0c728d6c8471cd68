"""Hand-written names of weekdays and months in every form that our sentences need; no rule makes them."""

from typing import TypeAlias

Forms: TypeAlias = dict[str, tuple[str, ...]]

_EN_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_EN_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_RU_DAYS = ("понедельник", "вторник", "среда", "четверг", "пятница", "суббота", "воскресенье")
_RU_MONTHS = (
    "января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября", "октября", "ноября",
    "декабря",
)  # fmt: skip
_LV_ON = ("pirmdien", "otrdien", "trešdien", "ceturtdien", "piektdien", "sestdien", "svētdien")

WEEKDAYS: Forms = {
    "lv": ("Pirmdiena", "Otrdiena", "Trešdiena", "Ceturtdiena", "Piektdiena", "Sestdiena", "Svētdiena"),
    "ru": tuple(day.capitalize() for day in _RU_DAYS),
    "en": _EN_DAYS,
}
WEEKDAYS_SENTENCE: Forms = {"lv": _LV_ON, "ru": _RU_DAYS, "en": _EN_DAYS}
WEEKDAYS_ON: Forms = {
    "lv": _LV_ON,
    "ru": ("в понедельник", "во вторник", "в среду", "в четверг", "в пятницу", "в субботу", "в воскресенье"),
    "en": tuple(f"on {day}" for day in _EN_DAYS),
}
WEEKDAYS_UNTIL: Forms = {
    "lv": ("pirmdienai", "otrdienai", "trešdienai", "ceturtdienai", "piektdienai", "sestdienai", "svētdienai"),
    "ru": ("понедельника", "вторника", "среды", "четверга", "пятницы", "субботы", "воскресенья"),
    "en": _EN_DAYS,
}
WEEKDAYS_SHORT: Forms = {
    "lv": ("pirmd.", "otrd.", "trešd.", "ceturtd.", "piektd.", "sestd.", "svētd."),
    "ru": ("пн", "вт", "ср", "чт", "пт", "сб", "вс"),
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
}

MONTHS: Forms = {
    "lv": (
        "janvāris", "februāris", "marts", "aprīlis", "maijs", "jūnijs", "jūlijs", "augusts", "septembris", "oktobris",
        "novembris", "decembris",
    ),
    "ru": (
        "январь", "февраль", "март", "апрель", "май", "июнь", "июль", "август", "сентябрь", "октябрь", "ноябрь",
        "декабрь",
    ),
    "en": _EN_MONTHS,
}  # fmt: skip
MONTHS_AFTER_NUMBER: Forms = {"lv": MONTHS["lv"], "ru": _RU_MONTHS, "en": _EN_MONTHS}
MONTHS_IN: Forms = {
    "lv": (
        "janvārī", "februārī", "martā", "aprīlī", "maijā", "jūnijā", "jūlijā", "augustā", "septembrī", "oktobrī",
        "novembrī", "decembrī",
    ),
    "ru": _RU_MONTHS,
    "en": _EN_MONTHS,
}  # fmt: skip
MONTHS_UNTIL: Forms = {
    "lv": (
        "janvārim", "februārim", "martam", "aprīlim", "maijam", "jūnijam", "jūlijam", "augustam", "septembrim",
        "oktobrim", "novembrim", "decembrim",
    ),
    "ru": _RU_MONTHS,
    "en": _EN_MONTHS,
}  # fmt: skip
MONTHS_FROM: Forms = {
    "lv": (
        "janvāra", "februāra", "marta", "aprīļa", "maija", "jūnija", "jūlija", "augusta", "septembra", "oktobra",
        "novembra", "decembra",
    ),
    "ru": _RU_MONTHS,
    "en": _EN_MONTHS,
}  # fmt: skip
MONTHS_SHORT: Forms = {
    "lv": ("janv.", "febr.", "marts", "apr.", "maijs", "jūn.", "jūl.", "aug.", "sept.", "okt.", "nov.", "dec."),
    "ru": ("янв.", "февр.", "марта", "апр.", "мая", "июня", "июля", "авг.", "сент.", "окт.", "нояб.", "дек."),
    "en": ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
}

TODAY_TOMORROW: Forms = {"lv": ("šodien", "rīt"), "ru": ("сегодня", "завтра"), "en": ("today", "tomorrow")}
