#!/usr/bin/env python3
"""Put fresh secrets into server.env and worker.env: `rotate.py auth` or `rotate.py database`.

Nothing secret is an argument of a process or is printed, but for the SQL of `database`, which
goes into a pipe: `rotate.py database | runuser -u postgres -- psql --quiet`.
"""

import argparse
import os
import secrets
import sys
from pathlib import Path

_SERVER, _WORKER = "server.env", "worker.env"


def main() -> int:
    """Make the secret that is asked for anew."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("which", choices=["auth", "database"])
    parser.add_argument("--folder", type=Path, default=Path("/etc/creator-metrics"))
    asked = parser.parse_args()
    fresh = secrets.token_urlsafe(32)
    if asked.which == "auth":
        _set(asked.folder / _SERVER, "PREFECT_SERVER_API_AUTH_STRING", f"operator:{fresh}")
        _set(asked.folder / _WORKER, "PREFECT_API_AUTH_STRING", f"operator:{fresh}")
    elif sys.stdout.isatty():
        sys.stderr.write("database: the new password goes into a pipe, | psql --quiet\n")
        return 2
    else:
        sys.stdout.write(f"alter role prefect login password '{fresh}';\n")
        _set(asked.folder / _SERVER, "PREFECT_SERVER_DATABASE_PASSWORD", fresh)
    return 0


def _set(path: Path, name: str, value: str) -> None:
    """Replace one line of an environment file, which appears whole and for its owner alone."""
    lines = path.read_text(encoding="utf-8").splitlines()
    if not any(line.startswith(f"{name}=") for line in lines):
        raise SystemExit(f"{path} has no line {name}=: begin with its example")
    written = [f"{name}={value}" if line.startswith(f"{name}=") else line for line in lines]
    fresh = path.with_suffix(".new")
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write("\n".join(written) + "\n")
    fresh.replace(path)


if __name__ == "__main__":
    raise SystemExit(main())
