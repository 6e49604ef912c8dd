"""Who follows the accounts of the sample, before any platform rounds or withholds it."""

from collections.abc import Mapping
from dataclasses import dataclass

BANDS = ("13-17", "18-24", "25-34", "35-44", "45-54", "55-64", "65+")


@dataclass(frozen=True, kw_only=True)
class Audience:
    """One audience's truth.

    Attributes
    ----------
    countries
        ISO 3166-1 alpha-2 to share; sums to 1.
    cities
        (country, English name) to share; the rest lives elsewhere.
    age_gender
        Age band to the shares of women and of men; sums to 1 with `other`.
    other
        Share that is neither.
    """

    countries: Mapping[str, float]
    cities: Mapping[tuple[str, str], float]
    age_gender: Mapping[str, tuple[float, float]]
    other: float = 0.0

    @property
    def ages(self) -> dict[str, float]:
        """Give the share of each age band among women and men."""
        told = 1 - self.other
        return {band: sum(parts) / told for band, parts in self.age_gender.items()}

    @property
    def genders(self) -> dict[str, float]:
        women, men = (sum(parts) for parts in zip(*self.age_gender.values(), strict=True))
        return {"female": women, "male": men, "other": self.other}

    @property
    def joint(self) -> dict[str, float]:
        """Give the share of each age band and gender, as `25-34:female`."""
        return {
            f"{band}:{gender}": share
            for band, parts in self.age_gender.items()
            for gender, share in zip(("female", "male"), parts, strict=True)
        }


YOUNG_DANISH_WOMEN = Audience(
    countries={"DK": 0.90, "SE": 0.10},
    cities={("DK", "Copenhagen"): 0.48, ("DK", "Aarhus"): 0.42, ("SE", "Malmö"): 0.06},
    age_gender={"18-24": (0.40, 0.10), "25-34": (0.40, 0.10)},
)
"""Exactly whom the oat-milk brief wants."""

BRAZILIAN_MEN_PAST_45 = Audience(
    countries={"BR": 0.95, "PT": 0.05},
    cities={("BR", "São Paulo"): 0.31, ("BR", "Rio de Janeiro"): 0.22, ("BR", "Curitiba"): 0.08},
    age_gender={"45-54": (0.03, 0.40), "55-64": (0.02, 0.33), "65+": (0.01, 0.21)},
)
"""The opposite."""

BRAZILIAN_MEN = Audience(
    countries={"BR": 0.871, "PT": 0.054, "US": 0.025, "DK": 0.02, "AR": 0.02, "ES": 0.01},
    cities={("BR", "São Paulo"): 0.40},
    age_gender={"18-24": (0.01, 0.20), "25-34": (0.02, 0.47), "35-44": (0.01, 0.29)},
)

DANISH_WOMEN = Audience(
    countries={
        "DK": 0.701, "SE": 0.112, "NO": 0.058, "DE": 0.033, "GB": 0.021, "US": 0.017, "NL": 0.012,
        "FI": 0.011, "PL": 0.009, "FO": 0.007, "IS": 0.006, "GL": 0.005, "ES": 0.004, "IT": 0.004,
    },
    cities={
        ("DK", "Copenhagen"): 0.213, ("DK", "Aarhus"): 0.094, ("DK", "Odense"): 0.041,
        ("DK", "Aalborg"): 0.033, ("SE", "Malmö"): 0.021, ("NO", "Oslo"): 0.016,
        ("DK", "Esbjerg"): 0.011, ("SE", "Stockholm"): 0.009, ("DK", "Randers"): 0.008,
        ("DK", "Kolding"): 0.007, ("DK", "Horsens"): 0.006,
    },
    age_gender={
        "13-17": (0.0, 0.0), "18-24": (0.183, 0.081), "25-34": (0.262, 0.113),
        "35-44": (0.141, 0.066), "45-54": (0.062, 0.033), "55-64": (0.031, 0.012),
        "65+": (0.012, 0.004),
    },
)  # fmt: skip

DANISH_PARENTS = Audience(
    countries={"DK": 0.874, "SE": 0.051, "NO": 0.034, "DE": 0.021, "FO": 0.011, "GL": 0.009},
    cities={("DK", "Copenhagen"): 0.12, ("DK", "Aarhus"): 0.07},
    age_gender={
        "18-24": (0.032, 0.011), "25-34": (0.171, 0.043), "35-44": (0.412, 0.082),
        "45-54": (0.143, 0.041), "55-64": (0.042, 0.012), "65+": (0.009, 0.002),
    },
)  # fmt: skip

DANISH_MEN = Audience(
    countries={"DK": 0.553, "DE": 0.142, "SE": 0.094, "NO": 0.081, "NL": 0.07, "GB": 0.06},
    cities={
        ("DK", "Copenhagen"): 0.151, ("DK", "Odense"): 0.062, ("DE", "Hamburg"): 0.041,
        ("DK", "Aarhus"): 0.037, ("NL", "Amsterdam"): 0.022,
    },
    age_gender={
        "18-24": (0.061, 0.211), "25-34": (0.082, 0.304), "35-44": (0.053, 0.172),
        "45-54": (0.021, 0.064), "55-64": (0.011, 0.021),
    },
)  # fmt: skip

NORDIC = Audience(
    countries={
        "DK": 0.412, "NO": 0.214, "SE": 0.131, "FI": 0.062, "DE": 0.044, "GB": 0.031, "US": 0.027,
        "IS": 0.019, "PL": 0.014, "XK": 0.013, "NL": 0.009, "FR": 0.008, "ES": 0.007, "IT": 0.009,
    },
    cities={("DK", "Copenhagen"): 0.10, ("NO", "Oslo"): 0.08},
    age_gender={
        "18-24": (0.212, 0.163), "25-34": (0.201, 0.142), "35-44": (0.122, 0.081),
        "45-54": (0.045, 0.024),
    },
    other=0.01,
)  # fmt: skip

PORTUGUESE = Audience(
    countries={"PT": 0.702, "BR": 0.204, "ES": 0.042, "FR": 0.027, "DK": 0.015, "AO": 0.01},
    cities={
        ("PT", "Lisbon"): 0.232, ("PT", "Porto"): 0.124, ("BR", "São Paulo"): 0.051,
        ("PT", "Braga"): 0.032, ("DK", "Copenhagen"): 0.011,
    },
    age_gender={
        "18-24": (0.231, 0.121), "25-34": (0.203, 0.161), "35-44": (0.134, 0.052),
        "45-54": (0.041, 0.022), "55-64": (0.018, 0.009), "65+": (0.006, 0.002),
    },
)  # fmt: skip

BRITISH = Audience(
    countries={"GB": 0.482, "US": 0.331, "IE": 0.063, "DK": 0.052, "CA": 0.041, "AU": 0.031},
    cities={
        ("GB", "London"): 0.142, ("US", "New York"): 0.073, ("GB", "Manchester"): 0.031,
        ("US", "Chicago"): 0.022, ("DK", "Copenhagen"): 0.014,
    },
    age_gender={
        "13-17": (0.011, 0.012), "18-24": (0.151, 0.172), "25-34": (0.173, 0.194),
        "35-44": (0.092, 0.101), "45-54": (0.041, 0.032), "55-64": (0.011, 0.005),
    },
    other=0.005,
)  # fmt: skip

SWEDISH = Audience(
    countries={"SE": 0.861, "FI": 0.062, "NO": 0.041, "DK": 0.024, "DE": 0.012},
    cities={("SE", "Stockholm"): 0.283, ("SE", "Gothenburg"): 0.093, ("SE", "Malmö"): 0.031},
    age_gender={
        "18-24": (0.141, 0.223), "25-34": (0.162, 0.291), "35-44": (0.042, 0.101),
        "45-54": (0.021, 0.019),
    },
)  # fmt: skip

GERMAN = Audience(
    countries={"DE": 0.782, "AT": 0.121, "CH": 0.072, "DK": 0.025},
    cities={("DE", "Berlin"): 0.092, ("DE", "Hamburg"): 0.061, ("AT", "Vienna"): 0.052},
    age_gender={
        "25-34": (0.061, 0.243), "35-44": (0.072, 0.281), "45-54": (0.053, 0.162),
        "55-64": (0.022, 0.071), "65+": (0.011, 0.024),
    },
)  # fmt: skip

BRAZILIAN = Audience(
    countries={"BR": 0.921, "PT": 0.043, "US": 0.021, "AR": 0.015},
    cities={("BR", "São Paulo"): 0.191, ("BR", "Rio de Janeiro"): 0.112},
    age_gender={
        "18-24": (0.203, 0.101), "25-34": (0.282, 0.124), "35-44": (0.141, 0.062),
        "45-54": (0.052, 0.035),
    },
)  # fmt: skip

JAPANESE = Audience(
    countries={"JP": 0.934, "TW": 0.031, "KR": 0.021, "US": 0.014},
    cities={("JP", "Tokyo"): 0.281, ("JP", "Osaka"): 0.114},
    age_gender={
        "18-24": (0.203, 0.301), "25-34": (0.141, 0.182), "35-44": (0.072, 0.091),
    },
    other=0.01,
)  # fmt: skip
