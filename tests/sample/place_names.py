"""How the platforms spell the countries and cities of the sample, per language."""

COUNTRIES: dict[str, dict[str, str]] = {
    "en": {
        "DK": "Denmark", "SE": "Sweden", "NO": "Norway", "DE": "Germany", "GB": "United Kingdom",
        "US": "United States", "NL": "Netherlands", "FI": "Finland", "PL": "Poland",
        "FO": "Faroe Islands", "IS": "Iceland", "GL": "Greenland", "ES": "Spain", "IT": "Italy",
        "AT": "Austria", "PT": "Portugal", "BR": "Brazil",
    },
    "pt": {
        "PT": "Portugal", "BR": "Brasil", "ES": "Espanha", "FR": "França", "DK": "Dinamarca",
        "AO": "Angola",
    },
    "sv": {"SE": "Sverige"},
    "de": {"DE": "Deutschland", "AT": "Österreich"},
}  # fmt: skip

_CITIES: dict[str, dict[str, str]] = {
    "en": {
        "London": "London, UK",
        "Manchester": "Manchester, UK",
        "New York": "New York, NY, USA",
        "Chicago": "Chicago, IL, USA",
    },
    "pt": {
        "São Paulo": "São Paulo, SP",
        "Rio de Janeiro": "Rio de Janeiro, RJ",
        "Curitiba": "Curitiba, PR",
        "Lisbon": "Lisboa, Portugal",
        "Copenhagen": "Copenhague, Dinamarca",
    },
    "sv": {"Gothenburg": "Göteborg, Sverige"},
    "de": {"Vienna": "Wien, Österreich"},
}
"""Where it is not the English name and the country: Brazilian cities carry their state only."""


def city(country: str, name: str, language: str) -> str:
    """Spell a city as an export in a language does."""
    return _CITIES[language].get(name) or f"{name}, {COUNTRIES[language][country]}"
