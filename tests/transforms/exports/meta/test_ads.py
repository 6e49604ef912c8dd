import pytest

from tests.transforms.deliveries.made_up import read_one


@pytest.mark.parametrize(
    "header",
    [
        '"Reporting starts","Reporting ends","Campaign name",Impressions,Reach',
        '"Início dos relatórios","Encerramento dos relatórios","Nome da campanha",Alcance,Término',
    ],
)
def test_paid_campaigns_are_known_and_kept(header):
    reading = read_one("facebook/anna/Campaigns.csv", f"{header}\n2026-02-11,2026-03-16,A,9,8\n")
    assert (reading.record.export, reading.record.status) == ("meta_ads", "kept")
    assert "paid campaigns" in reading.record.reason
    assert reading.tables == {}
