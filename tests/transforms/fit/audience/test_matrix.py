from datetime import date

import numpy as np
import polars as pl
import pytest

from transforms.fit.audience.matrix import METHODS, audience_matrix
from transforms.fit.audience.wanted import segments_of
from transforms.fit.labels import flag, flag_names

NOBODY = pl.DataFrame({"platform": ["tiktok"], "account_id": ["a"]})


def matrix(rows, *briefs, accounts=NOBODY):
    return audience_matrix(rows.lazy(), accounts, segments_of(briefs))


def test_only_the_segments_asked_for_are_kept_and_the_rest_is_summed(told, brief_for):
    rows = told({"a": {"country": {"DK": 0.5, "SE": 0.2, "others": 0.2, "unreported": 0.1}}})

    country = matrix(rows, brief_for({"country": {"DK": 0.5, "NO": 0.5}}))["country"]

    assert list(country.shares) == ["DK", "NO"]
    assert country.share("DK").tolist() == [0.5]
    assert country.share("NO").tolist() == [0.0]
    assert country.listed == pytest.approx(np.array([0.7]))
    assert country.hidden == pytest.approx(np.array([0.3]))
    assert country.n_listed.tolist() == [2]


def test_columns_follow_the_order_of_the_accounts(told, brief_for):
    accounts = pl.DataFrame({"platform": "tiktok", "account_id": ["b", "none", "a"]})
    rows = told({"a": {"gender": {"female": 1.0}}, "b": {"gender": {"female": 0.25, "male": 0.75}}})

    gender = matrix(rows, brief_for({"gender": {"female": 1.0}}), accounts=accounts)["gender"]

    assert gender.share("female").tolist() == [0.25, 0.0, 1.0]
    assert gender.is_known.tolist() == gender.is_told.tolist() == [True, False, True]


def test_age_and_gender_together_are_kept_only_for_a_brief_that_asks_for_both(told, brief_for):
    rows = told({"a": {"age_gender": {"18-24:female": 0.6, "18-24:male": 0.4}}})
    both = brief_for({"age": {"18-24": 1.0}, "gender": {"female": 1.0}})

    assert not matrix(rows, brief_for({"age": {"18-24": 1.0}}))["age_gender"].shares
    assert list(matrix(rows, both)["age_gender"].shares) == ["18-24:female"]


def test_methods_of_all_segments_are_named(told, brief_for):
    rows = pl.concat(
        [
            told({"a": {"age": {"18-24": 0.6}}}),
            told({"a": {"age": {"25-34": 0.4}}}, method="split", observed_on=date(2026, 5, 1)),
        ]
    )

    age = matrix(rows, brief_for({"age": {"18-24": 1.0}}))["age"]

    assert flag_names(age.method, METHODS).to_list() == ["reported+split"]
    assert age.observed_on.tolist() == [(date(2026, 5, 1) - date(1970, 1, 1)).days]


def test_a_country_without_a_language_is_hidden(told, brief_for):
    rows = told({"a": {"country": {"DK": 0.5, "AQ": 0.25, "others": 0.25}}})

    language = matrix(rows, brief_for({"language": {"da": 1.0}}))["language"]

    assert language.share("da").tolist() == [0.5]
    assert language.hidden.tolist() == [0.5]
    assert language.method.tolist() == [flag(METHODS, "from_countries")]
