"""Docket: commands and start-up. `python main.py --help` lists what there is."""

import argparse
import logging
import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import server
import settings
from models import database, schema
from models.user import Role
from workflow import logs
from workflow.demo import sample
from workflow.history import verification
from workflow.people import accounts, first_start
from workflow.refusals import Refused

log = logging.getLogger("docket")


def prepare() -> None:
    """Open the database in the data folder, and bring it up to date."""
    chosen = settings.current()
    chosen.data_dir.mkdir(parents=True, exist_ok=True)
    _ = chosen.secret  # nothing is opened with one that others may have read
    schema.migrate(database.use(chosen.database))
    for path in chosen.open_to_others:
        log.warning("%s can be read by others on this machine: chmod -R go= %s", path, path)


def find() -> None:
    """Open the database that is there, and bring it up to date; raises Misconfigured when there is none."""
    if settings.current().has_secret:
        _ = settings.current().secret
    schema.find(database.use(settings.current().database))


def serve(_args: argparse.Namespace) -> None:
    """Start Docket (the default)."""
    prepare()
    if key := first_start.announce():
        print(key, flush=True)
    server.run()


def show(_args: argparse.Namespace) -> None:
    """Start the sample agency, in a fresh temporary folder or an empty DOCKET_DATA_DIR."""
    with tempfile.TemporaryDirectory(prefix="docket-demo-") as folder:
        given = "data_dir" in settings.current().model_fields_set
        chosen = settings.use(
            demo=True, data_dir=settings.current().data_dir if given else Path(folder), database_url="", smtp_url=""
        )
        if chosen.data_dir.exists() and any(chosen.data_dir.iterdir()):
            raise settings.Misconfigured(f"DOCKET_DATA_DIR={chosen.data_dir} is not empty; the demo needs a new one.")
        print("Preparing the sample agency ...", flush=True)
        prepare()
        sample.open_agency()
        server.run()


def verify(_args: argparse.Namespace) -> None:
    """Walk every order's history and every receipt; exit 1 and name the first fault, if there is one."""
    find()
    if not settings.current().has_secret:
        raise settings.Misconfigured(
            f"There is no secret.key in {settings.current().data_dir}: look at DOCKET_DATA_DIR."
        )
    with database.reading() as session:
        faults = list(verification.faults(session))
        print("\n".join(faults) or verification.all_is_whole(session))
    sys.exit(bool(faults))


def add_user(args: argparse.Namespace) -> None:
    """Open an account; its password is read from standard input."""
    find()
    password = sys.stdin.readline().rstrip("\n")
    user = accounts.add(args.name, args.email, Role(args.role), password, by=None)
    print(f"{user.email} can sign in as {user.role}.")


def commands() -> argparse.ArgumentParser:
    """What the command line understands."""
    parser = argparse.ArgumentParser(prog="main.py", description="The order desk of a small agency.")
    parser.set_defaults(command=serve)
    choices = parser.add_subparsers(title="commands", metavar="")

    def add(name: str, command: Callable[[argparse.Namespace], None]) -> argparse.ArgumentParser:
        choice = choices.add_parser(name, help=command.__doc__, description=command.__doc__)
        choice.set_defaults(command=command)
        return choice

    add("run", serve)
    add("demo", show)
    add("verify", verify)
    user = choices.add_parser("user", help="Accounts: `user add`.").add_subparsers(metavar="add", required=True)
    adding = user.add_parser("add", help=add_user.__doc__, description=add_user.__doc__)
    adding.set_defaults(command=add_user)
    adding.add_argument("email")
    adding.add_argument("name")
    adding.add_argument("role", choices=[role.value for role in Role])
    return parser


if __name__ == "__main__":
    os.umask(settings.OTHERS)
    logs.keep()
    arguments = commands().parse_args()
    try:
        arguments.command(arguments)
    except (settings.Misconfigured, Refused) as error:
        sys.exit(f"Docket cannot go on: {error}")
