"""A Word file as it leaves: no name of who wrote it, no picture of its first page, the same bytes from the same text."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime
from typing import Any

LANGUAGE = "en-GB"
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
_EMPTY_APP = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"/>'
)
_OUR_PROPERTIES = (
    "author",
    "category",
    "comments",
    "content_status",
    "identifier",
    "keywords",
    "last_modified_by",
    "subject",
    "version",
)


def plain_package(document: Any, title: str, made_at: datetime = LONG_AGO) -> bytes:
    """The file of a python-docx document, with nothing in its properties but title, language and when it was made."""
    properties = document.core_properties
    for each in _OUR_PROPERTIES:
        setattr(properties, each, "")
    properties.title, properties.language, properties.revision = title, LANGUAGE, 1
    properties.created = properties.modified = made_at.astimezone(UTC).replace(tzinfo=None, microsecond=0)
    properties.last_printed = properties.created
    package = document.part.package
    for key in [key for key, each in package.rels.items() if each.reltype.endswith("/thumbnail")]:
        del package.rels[key]
    whole = io.BytesIO()
    document.save(whole)
    return _repacked(whole.getvalue())


def _repacked(content: bytes) -> bytes:
    """The same parts in the same order, without moments of their own, and without what tells of the program."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = old.read(name)
            if name == "docProps/app.xml":
                part = _EMPTY_APP.encode()
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, part)
    return out.getvalue()
