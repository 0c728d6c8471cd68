"""Words and how they are folded, for whatever folds them: Python here, a script in the browser."""

FOLDED = (
    ("Bērziņa", "berzina"),
    ("BĒRZIŅA", "berzina"),
    ("Берзиня", "berzina"),
    ("Šķēle", "skele"),
    ("Жанна Щукина", "zanna scukina"),
    ("Юлия", "julija"),
    ("Таня", "tana"),
    ("Любовь Пляшкевич", "lubov plaskevic"),
    ("Андрей", "andrej"),
    ("Семёнов", "semenov"),
    ("объявление", "objavlenie"),
    ("кардиолог Рига", "kardiolog riga"),
    ("ĢIMENES ĀRSTS", "gimenes arsts"),
    ("Євген Ґалаґан", "jevgen galagan"),
    ("Київ", "kiiv"),
    ("Straße", "strasse"),
    ("Øvergård", "overgard"),
    ("Łukasz Đorđević", "lukasz dordevic"),
    ("Cœur de Þór", "coeur de thor"),
    ("İzmir ılık", "izmir ilik"),
    ("e\u0304glē ﬁn ½", "egle fin 1⁄2"),
    ("Kalniņa-Ozola", "kalnina-ozola"),
    ("O’Nīla „Rīga” 2_3", "o’nila „riga” 2_3"),
    ("", ""),
)
WORDS = (
    ("Anna Marija Kalniņa-Ozola", ["anna", "marija", "kalnina", "ozola"]),
    ("O’Nīla, „Vēja roze” 2_3", ["o", "nila", "veja", "roze", "2", "3"]),
    ("в Риге: 24/7", ["v", "rige", "24", "7"]),
    (" – ", []),
)
