"""The block through which Prefect's server sends e-mail itself, with no worker.

Prefect has none for plain SMTP. The server finds this one by the entry point
`prefect.collections` of the installed package.
"""

from typing import Any

from apprise import NotifyFormat
from prefect.blocks.notifications import AppriseNotificationBlock
from pydantic import Field, SecretStr, field_validator

_SCHEMES = ("mailto://", "mailtos://")


class Email(AppriseNotificationBlock):
    """Sends a notification as plain text by SMTP."""

    _block_type_name = "E-mail"
    _block_type_slug = "creator-metrics-email"

    url: SecretStr = Field(
        title="SMTP server, sender and recipients",
        description="As Apprise writes it, encrypted where it is kept: "
        "mailtos://user:password@smtp.example.com:587/?from=night@example.com&to=ops@example.com. "
        "mailtos is STARTTLS, mailto is not encrypted on its way.",
    )

    @field_validator("url")
    @classmethod
    def _is_mail(cls, url: SecretStr) -> SecretStr:
        if not url.get_secret_value().startswith(_SCHEMES):
            raise ValueError(f"begins with none of {', '.join(_SCHEMES)}")
        return url

    def block_initialization(self) -> None:
        """Read the address.

        Raises
        ------
        ValueError
            When it names no server, sender or recipient that can be.
        """
        super().block_initialization()
        servers: list[Any] = list(self._apprise_client)
        if not any(server.targets for server in servers):
            raise ValueError("is no address of an SMTP server with a sender and recipients")
        for server in servers:
            server.notify_format = NotifyFormat.TEXT
