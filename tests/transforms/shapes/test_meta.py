import pytest

from tests.transforms.deliveries.made_up import read, rows, source

PATH = "instagram/anna/Audience.csv"


def tables(*blocks: str, path: str = PATH):
    return read(source(path, "sep=,\n" + "\n\n".join(blocks) + "\n"))


def told(reading) -> tuple:
    shares = rows(reading, "audience", "segment", "share") if reading.tables else []
    return reading.record.export, {segment: round(share, 4) for segment, share in shares}


@pytest.mark.parametrize(
    "words", ['"Женщины","Мужчины"', '"女性","男性"', '"Kobiety","Mężczyźni"', '"Frauen","Männer"']
)
def test_ages_by_words_for_women_and_men_are_age_and_gender_under_any_title(words):
    (reading,) = tables(f'"Πλήθος"\n"",{words}\n"18-24","30","10"\n"65+","40","20"')
    assert told(reading) == (
        "instagram_audience_age_gender",
        {"18-24:female": 0.3, "18-24:male": 0.1, "65+:female": 0.4, "65+:male": 0.2},
    )
    assert reading.record.notes == ("told by its shape: no name is known for 'Πλήθος'",)
    assert reading.record.language is None


def test_a_list_of_countries_in_any_language_is_one_lying_or_upright():
    (lying,) = tables('"上位の国"\n"日本","アメリカ合衆国"\n"90","1.2"')
    (upright,) = tables('"Страны"\n"Страна","Значение"\n"Россия","60,1%"\n"Казахстан","10%"')
    assert told(lying) == (
        "instagram_audience_country",
        {"JP": 0.9, "US": 0.012, "unreported": 0.088},
    )
    assert told(upright)[1] == {"RU": 0.601, "KZ": 0.1, "unreported": 0.299}


def test_a_list_of_cities_with_their_region_is_one_where_most_are_known():
    known, unknown = tables(
        '"Städte"\n"Berlin, Deutschland","Kleinkleckersdorf, Sachsen"\n"5","1"',
        '"Sprachen"\n"Englisch, UK","Englisch, US"\n"60","20"',
    )
    assert told(known)[0] == "instagram_audience_city"
    assert unknown.record.status == "unrecognised"


@pytest.mark.parametrize(
    "block",
    [
        '"Potential audience"\n"","Women","Men"\n"18-24","60","40"',
        '"Reached countries"\n"Denmark","Sweden"\n"60","20"',
        '"Aldur"\n"","Konur","Karlar"\n"18-24","60","40"',
        '"Ages"\n"","Women","Men"\n"18-24","60","40"\n"Others","0","0"',
        '"Top brands"\n"Nike","Denmark"\n"60","20"',
        '"Countries"\n"Country","Since"\n"Denmark","May"\n"Sweden","June"',
    ],
)
def test_what_is_of_others_than_followers_or_not_certain_stays_unrecognised(block):
    (reading,) = tables(block)
    assert reading.record.status == "unrecognised"


def test_a_title_that_names_a_network_tells_it():
    (reading,) = tables(
        '"Facebook-Länder"\n"Deutschland","Schweiz"\n"80","5"', path="downloads/audience.csv"
    )
    assert reading.record.platform == "facebook"


def test_no_network_is_told_by_a_shape_alone():
    (reading,) = tables('"Länder"\n"Deutschland","Schweiz"\n"80","5"', path="youtube/anna/a.csv")
    assert reading.record.status == "refused"
    assert "fits facebook and instagram alike" in reading.record.reason
