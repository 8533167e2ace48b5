"""Work that is handed in without a file: seldom meant by a writer, so it is asked about once."""

from models.job import Job
from models.user import Role, User
from pages.parts.confirmation import sure
from workflow.text import characters

HANDS_IN = ("deliver", "submit")
"""The actions by which a writer lets go of the work."""


async def is_meant(job: Job, action: str, actor: User) -> bool:
    """Whether this action shall be taken; nothing is asked once a final file has come in."""
    if action not in HANDS_IN or job.has_final_file or actor.role is not Role.writer:
        return True
    return await sure(
        "There is no final file yet",
        f"{characters.isolated(job.client.first_name)} would find nothing to download. Hand it in all the same?",
        "Yes, without a file",
    )
