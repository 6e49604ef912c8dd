"""Write the sample: `python -m tests.sample inbox <folder>`, `bulk`, `truth`, `demo`."""

import argparse
import json
import sys
from pathlib import Path

SEED = 20250630


def main() -> int:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="python -m tests.sample", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    inbox = commands.add_parser("inbox", help="write the sample inbox")
    bulk = commands.add_parser("bulk", help="write an inbox as large as asked for")
    truth = commands.add_parser("truth", help="print what is true of the sample, as JSON")
    demo = commands.add_parser("demo", help="write the inbox, run a night, check the tables")
    check = commands.add_parser("check", help="hold a published warehouse to the truth")
    for command in (inbox, bulk, demo):
        command.add_argument("folder", type=Path)
    check.add_argument("warehouse", type=Path)
    for command in (inbox, bulk, truth, demo, check):
        command.add_argument("--seed", type=int, default=SEED)
    bulk.add_argument("--observations", type=int, default=100_000)
    bulk.add_argument("--files", type=int, default=None)
    return _run(parser.parse_args())


def _run(arguments: argparse.Namespace) -> int:
    match arguments.command:
        case "inbox":
            from tests.sample import inbox

            files = inbox.write(arguments.folder, arguments.seed)
            sys.stdout.write(f"{len(files)} files in {arguments.folder}\n")
        case "bulk":
            from tests.sample import bulk

            report = bulk.write(
                arguments.folder, arguments.observations, arguments.seed, files=arguments.files
            )
            sys.stdout.write(f"{report}\n")
        case "truth":
            from tests.sample import truth

            spelled = truth.as_json(truth.expect(arguments.seed))
            sys.stdout.write(json.dumps(spelled, indent=1) + "\n")
        case "demo":
            from tests.sample import demo

            return demo.run(arguments.folder, arguments.seed)
        case "check":
            from tests.sample import demo

            return demo.check(arguments.warehouse, arguments.seed)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
