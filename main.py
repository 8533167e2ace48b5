"""Docket: commands and start-up. `python main.py --help` lists what there is."""

import argparse
import getpass
import logging
import os
import signal
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
from workflow.history import fingerprint, verification
from workflow.people import accounts, administration, first_start, mailed_links, second_factor
from workflow.refusals import Refused

log = logging.getLogger("docket")

NO_DESK = "There is no desk at {called}: look at DOCKET_DATA_DIR and DOCKET_DATABASE_URL."
NOT_EMPTY = "There is a desk at {called} already; the demo needs an empty database: look at DOCKET_DATABASE_URL."
NO_DATABASE = (
    "There is no desk at {called}, but {traces} of an earlier one: look at DOCKET_DATABASE_URL, put the database from "
    "your backup there, or choose another DOCKET_DATA_DIR for a new desk."
)


def look() -> bool:
    """Whether a desk is there, whole and with its own secret; raises Misconfigured for all else but nothing at all.

    Nothing is made or changed, so that what was a mistake can be mended.
    """
    chosen = settings.current()
    with settings.folder_errors():
        if chosen.has_secret:
            _ = chosen.secret  # nothing is opened with one that others may have read
        is_there = schema.is_there(database.use(chosen.database))
        if is_there:
            fingerprint.check()
        elif traces := chosen.traces:
            raise settings.Misconfigured(NO_DATABASE.format(called=database.current().called, traces=traces))
        return is_there


def bring_up_to_date() -> None:
    """Have what `look` allows: a folder, a secret, and a database at its latest state that knows it."""
    chosen = settings.current()
    with settings.folder_errors():
        chosen.data_dir.mkdir(parents=True, exist_ok=True)
        _ = chosen.secret
        schema.migrate(database.current())
        fingerprint.keep()
        for path in chosen.open_to_others:
            log.warning("%s can be read by others on this machine: chmod -R go= %s", path, path)


def prepare() -> None:
    """Open the database in the data folder, and bring it up to date."""
    look()
    bring_up_to_date()


def find() -> None:
    """Open the database that is there, and bring it up to date; raises Misconfigured when there is none."""
    if not look():
        raise settings.Misconfigured(NO_DESK.format(called=database.current().called))
    schema.migrate(database.current())


def serve(_args: argparse.Namespace) -> None:
    """Start Docket (the default)."""
    look()
    sockets = server.listen()  # before anything is changed: an earlier version may be serving here
    bring_up_to_date()
    if key := first_start.announce():
        print(key, flush=True)
    server.run(sockets)


def show(_args: argparse.Namespace) -> None:
    """Start the sample agency, in a fresh temporary folder, or an empty DOCKET_DATA_DIR or DOCKET_DATABASE_URL."""
    with tempfile.TemporaryDirectory(prefix="docket-demo-") as folder:
        given = settings.current()
        data_dir = given.data_dir if "data_dir" in given.model_fields_set else Path(folder)
        chosen = settings.use(demo=True, data_dir=data_dir, smtp_url="")
        if chosen.data_dir.exists() and any(chosen.data_dir.iterdir()):
            raise settings.Misconfigured(f"DOCKET_DATA_DIR={chosen.data_dir} is not empty; the demo needs a new one.")
        if look():
            raise settings.Misconfigured(NOT_EMPTY.format(called=database.current().called))
        sockets = server.listen()
        print("Preparing the sample agency ...", flush=True)
        bring_up_to_date()
        sample.open_agency()
        server.run(sockets)


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


def move(args: argparse.Namespace) -> None:
    """Copy the desk into an empty database, SQLite's or PostgreSQL's; cut off, the same command goes on."""
    from workflow import moving_house  # late: other commands need not know both databases

    find()
    print("\n".join(moving_house.move(args.to, _show)))


def _show(what: str, done: int, whole: int) -> None:
    print(f"\r{what:24} {done:12,} of {whole:,}", end="\n" if done == whole else "", flush=True)


def add_user(args: argparse.Namespace) -> None:
    """Open an account; its password is read from standard input."""
    find()
    user = accounts.add(args.name, args.email, Role(args.role), _typed_password(), by=None)
    print(f"{user.email} can sign in as {user.role}.")


def set_password(args: argparse.Namespace) -> None:
    """Set the password of an account, read from standard input; its sign-ins and tokens end."""
    find()
    user = accounts.with_address(args.email)
    administration.set_password(user.key, _typed_password(), by=None)
    print(f"{user.email} has a new password.")


def set_role(args: argparse.Namespace) -> None:
    """Give an account another role, and open it if it was closed; its sign-ins and tokens end."""
    find()
    user = accounts.with_address(args.email)
    administration.change(user.key, {"role": Role(args.role), "active": True}, by=None)
    print(f"{user.email} can sign in as {args.role}.")


def print_link(args: argparse.Namespace) -> None:
    """Print a link that signs in to an account: once, within a quarter of an hour."""
    find()
    print(mailed_links.printed(args.email))


def take_factor_away(args: argparse.Namespace) -> None:
    """Take the second factor of an account away, for who has lost app and codes; its sign-ins and tokens end."""
    find()
    user = accounts.with_address(args.email)
    second_factor.take_away(user.key, by=None)
    print(f"{user.email} has no second factor.")


def _typed_password() -> str:
    if sys.stdin.isatty():
        return getpass.getpass("Password: ")
    return sys.stdin.readline().rstrip("\n")


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
    add("move", move).add_argument("--to", required=True, metavar="postgresql://…", help="the empty database")
    _user_commands(choices.add_parser("user", help="Accounts: `user add`, `password`, `role`, `link`, `no-factor`."))
    return parser


def _user_commands(parser: argparse.ArgumentParser) -> None:
    """What `main.py user` understands: the way back in for whoever has the data folder, and nobody else."""
    choices, roles = parser.add_subparsers(metavar="command", required=True), [role.value for role in Role]
    commands = {
        "add": add_user,
        "password": set_password,
        "role": set_role,
        "link": print_link,
        "no-factor": take_factor_away,
    }
    for name, command in commands.items():
        choice = choices.add_parser(name, help=command.__doc__, description=command.__doc__)
        choice.set_defaults(command=command)
        choice.add_argument("email")
        if name == "add":
            choice.add_argument("name")
        if name in {"add", "role"}:
            choice.add_argument("role", choices=roles)


if __name__ == "__main__":
    os.umask(settings.OTHERS)
    for each in server.SIGNALS:
        signal.signal(each, lambda *_: sys.exit())  # so that what is begun is put in order
    arguments = commands().parse_args()
    try:
        logs.keep(settings.current().log_format)
        arguments.command(arguments)
    except (settings.Misconfigured, Refused, database.Busy) as error:
        sys.exit(f"Docket cannot go on: {error}")
