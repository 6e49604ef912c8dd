"""The block that sends e-mail."""

import asyncio

import pytest
from prefect.plugins import load_prefect_collections
from pydantic import ValidationError

from flows.orchestration.email import Email
from tests.deployments.receivers import mailbox


def test_it_sends_plain_text_to_each_recipient():
    with mailbox() as mail:
        block = Email(url=f"{mail.url},second@example.com")
        asyncio.run(block.anotify("2 < 3 & <b>\nsecond line", subject="night-failed"))
    sent = [mail.wait(lambda one, to=to: to in one["To"]) for to in ("operator@", "second@")]
    assert {one["Subject"] for one in sent} == {"night-failed"}
    assert {one.get_content_type() for one in sent} == {"text/plain"}
    assert sent[0].get_content().splitlines() == ["2 < 3 & <b>", "second line"]


@pytest.mark.parametrize(
    "url",
    ["https://user:secret@example.com", "mailto://", "mailtos://user:secret@example.com/?to=x"],
)
def test_what_is_no_address_of_a_server_and_recipients_is_refused(url):
    with pytest.raises(ValueError, match=r"begins with none of mailto://|is no address") as error:
        Email(url=url)
    said = error.value.errors()[0]["msg"] if isinstance(error.value, ValidationError) else ""
    assert "secret" not in said


def test_a_server_that_refuses_is_an_error():
    from prefect.blocks.abstract import NotificationError

    block = Email(url="mailto://127.0.0.1:9/?from=a@example.com&to=b@example.com")
    with block.raise_on_failure(), pytest.raises(NotificationError):
        asyncio.run(block.anotify("text", subject="subject"))


def test_the_server_finds_it_by_its_entry_point():
    assert load_prefect_collections()["creator_metrics"].Email is Email
