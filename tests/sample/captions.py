"""Captions and titles, made of a few words of our own per language and subject."""

import numpy as np

from tests.sample.account import Account

WORDS: dict[str, tuple[str, ...]] = {
    "en": (
        "morning", "oats", "kitchen", "light", "again", "slow", "bread", "harbour", "bicycle",
        "tried", "this", "with", "plums", "winter", "walk", "and", "coffee", "by", "the", "window",
    ),
    "pt": (
        "manhã", "de", "chuva", "pão", "quente", "na", "cozinha", "com", "café", "devagar",
        "receita", "da", "avó", "açúcar", "limão", "feira", "hoje", "aqui", "sem", "pressa",
    ),
    "de": (
        "Werkstatt", "am", "Abend", "mit", "Holz", "und", "Öl", "ein", "Regal", "für", "die",
        "Küche", "Schritt", "eins", "leiser", "Hobel", "größer", "bauen", "ohne", "Eile",
    ),
    "sv": (
        "sju", "små", "tips", "för", "en", "lugn", "morgon", "på", "ön", "med", "kaffe", "och",
        "ärtor", "utan", "stress", "första", "försöket", "hemma", "i", "köket",
    ),
    "ja": (
        "朝の", "台所", "ゆっくり", "パンを", "焼く", "雨の日", "散歩", "港まで", "新しい", "道具",
        "静かな", "時間", "小さな", "庭", "春の", "野菜", "はじめて", "作る", "自転車", "窓辺",
    ),
    "el": (
        "πρωί", "στην", "κουζίνα", "με", "καφέ", "και", "ψωμί", "βόλτα", "στο", "λιμάνι", "αργά",
        "σήμερα", "νέο", "βήμα", "χωρίς", "άγχος", "λίγο", "φως", "από", "παράθυρο",
    ),
    "da": (
        "i", "dag", "på", "altanen", "med", "en", "stille", "morgen", "og", "lidt", "regn", "mod",
        "ruden", "cyklen", "står", "klar", "sammen", "uden", "travlhed", "igen",
    ),
    "da:oats": (
        "plantebaseret", "kaffe", "hverdagsmad", "havremælk", "latte", "skummet", "plantebaseret",
        "kaffe", "hverdagsmad", "bæredygtighed", "grød", "på", "min", "med", "til", "og",
    ),
}  # fmt: skip
THEME_TAGS = {"da:oats": ("#havremælk", "#vegansk", "#plantebaseret")}
COMMERCIAL = "Reklame: i samarbejde med "
COMMERCIAL_EVERY = 4
AVOIDED_EVERY = 5
TAGS = ("#slowmorning", "#madpakke", "#hverdag", "#fromscratch", "#bike", "#kitchen")
EMOJI = ("🌿", "☕️", "🚲", "✨", "👇🏽")


def write(account: Account, numbers: np.ndarray) -> list[str]:
    """Write one caption per post, the same for the same number."""
    return [_caption(account, int(number)) for number in numbers]


def is_on_theme(account: Account, number: int) -> bool:
    """Say whether a post is about the account's theme."""
    return account.theme is not None and number % 100 < 100 * account.theme_share


def tagged_brand(account: Account, number: int) -> str | None:
    """Give the brand that a post is paid by, if any."""
    if not account.paid_by or number % COMMERCIAL_EVERY:
        return None
    return account.paid_by[number // COMMERCIAL_EVERY % len(account.paid_by)]


def is_avoided(account: Account, number: int) -> bool:
    """Say whether a post has the word that the account's brands avoid."""
    return account.says is not None and number % AVOIDED_EVERY == 0


def _caption(account: Account, number: int) -> str:
    language = (account.writes_in or account.language).split("-")[0]
    on_theme = is_on_theme(account, number)
    words = WORDS[account.theme] if on_theme else WORDS.get(language, WORDS["en"])
    tags = THEME_TAGS[account.theme] if on_theme else TAGS
    is_long = account.platform in ("facebook", "instagram")
    random = np.random.default_rng(number)
    picked = [words[place] for place in random.integers(0, len(words), 4 + is_long * 8)]
    if is_avoided(account, number):
        picked[2] = account.says
    opening = " ".join(picked[:5]).capitalize()
    if brand := tagged_brand(account, number):
        opening = f"{COMMERCIAL}{brand}. {opening}"
    tag = tags[number % len(tags)]
    if not is_long:
        quoted = f'{opening}, "{picked[-1]}"' if number % 9 == 0 else opening
        return f"{quoted} {'#shorts' if account.shorts else tag}"
    rest = " ".join(picked[5:])
    emoji = EMOJI[number % len(EMOJI)]
    return f"{opening}, {rest} {emoji}\n\n{tag} {tags[(number // 7) % len(tags)]}"
