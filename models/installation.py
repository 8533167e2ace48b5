"""The installation: the fingerprint of the secret with which all histories of this database are sealed."""

from sqlmodel import Field, SQLModel


class Installation(SQLModel, table=True):
    """Its one row; a desk from before has it from its next start on."""

    __tablename__ = "installation"

    id: int = Field(default=1, primary_key=True, sa_column_kwargs={"autoincrement": False})
    fingerprint: str = Field(max_length=64)
