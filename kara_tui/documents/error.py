"""What the user is told when a document cannot be made."""

from __future__ import annotations

from kara_tui.errors import UserError


class DocumentError(UserError):
    """A document cannot be made. The message is whole sentences: what, where, and what to do."""

    code = "document"
