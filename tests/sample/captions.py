"""Captions and titles, made of a few words of our own per language."""

import numpy as np

from tests.sample.cast import Account

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
}  # fmt: skip
TAGS = ("#slowmorning", "#madpakke", "#hverdag", "#fromscratch", "#bike", "#kitchen")
EMOJI = ("🌿", "☕️", "🚲", "✨", "👇🏽")


def write(account: Account, numbers: np.ndarray) -> list[str]:
    """Write one caption per post, the same for the same number."""
    language = account.language.split("-")[0]
    words = WORDS.get(language, WORDS["en"])
    is_long = account.platform in ("facebook", "instagram")
    return [_caption(int(number), words, is_long, account.shorts) for number in numbers]


def _caption(number: int, words: tuple[str, ...], is_long: bool, is_short: bool) -> str:
    random = np.random.default_rng(number)
    picked = [words[place] for place in random.integers(0, len(words), 4 + is_long * 8)]
    opening = " ".join(picked[:5]).capitalize()
    tag = TAGS[number % len(TAGS)]
    if not is_long:
        quoted = f'{opening}, "{picked[-1]}"' if number % 9 == 0 else opening
        return f"{quoted} {'#shorts' if is_short else tag}"
    rest = " ".join(picked[5:])
    emoji = EMOJI[number % len(EMOJI)]
    return f"{opening}, {rest} {emoji}\n\n{tag} {TAGS[(number // 7) % len(TAGS)]}"
