"""The XML documents of OpenRosa: form list, manifest, integrity, and the answer to a submission."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from lxml import etree

FORMS = "http://openrosa.org/xforms/xformsList"
MANIFEST = "http://openrosa.org/xforms/xformsManifest"
RESPONSE = "http://openrosa.org/http/response"


@dataclass(frozen=True, slots=True)
class ListedForm:
    """A form on the list; `md5` is over the exact XML served at `download_url`."""

    form_id: str
    version: str
    name: str
    md5: str
    download_url: str
    manifest_url: str | None


@dataclass(frozen=True, slots=True)
class MediaFile:
    """An entity list of a form; `md5` stands for its version."""

    filename: str
    md5: str
    download_url: str
    integrity_url: str | None


def form_list(forms: Iterable[ListedForm]) -> bytes:
    """The list of forms a client may download."""
    root = _root(FORMS, "xforms")
    for form in forms:
        element = etree.SubElement(root, f"{{{FORMS}}}xform")
        _add(element, FORMS, "formID", form.form_id)
        _add(element, FORMS, "name", form.name)
        _add(element, FORMS, "version", form.version)
        _add(element, FORMS, "hash", f"md5:{form.md5}")
        _add(element, FORMS, "downloadUrl", form.download_url)
        if form.manifest_url is not None:
            _add(element, FORMS, "manifestUrl", form.manifest_url)
    return _written(root)


def manifest(files: Iterable[MediaFile]) -> bytes:
    """The files that belong to a form."""
    root = _root(MANIFEST, "manifest")
    for file in files:
        element = etree.SubElement(root, f"{{{MANIFEST}}}mediaFile", type="entityList")
        _add(element, MANIFEST, "filename", file.filename)
        _add(element, MANIFEST, "hash", f"md5:{file.md5}")
        _add(element, MANIFEST, "downloadUrl", file.download_url)
        if file.integrity_url is not None:
            _add(element, MANIFEST, "integrityUrl", file.integrity_url)
    return _written(root)


def integrity(is_deleted: Iterable[tuple[UUID, bool]]) -> bytes:
    """Which of the entities a client asks about are no longer on its list."""
    root = etree.Element("data")
    entities = etree.SubElement(root, "entities")
    for id_, deleted in is_deleted:
        entity = etree.SubElement(entities, "entity", id=str(id_))
        etree.SubElement(entity, "deleted").text = "true" if deleted else "false"
    return _written(root)


def response(message: str, *, nature: str) -> bytes:
    """What is said of a request; clients show the message to whoever sent it."""
    root = _root(RESPONSE, "OpenRosaResponse")
    element = etree.SubElement(root, f"{{{RESPONSE}}}message", nature=nature)
    element.text = message
    return _written(root)


def _root(namespace: str, name: str) -> etree._Element:
    """The root of a document whose namespace is the default one."""
    names: Any = {None: namespace}
    return etree.Element(f"{{{namespace}}}{name}", nsmap=names)


def _add(parent: etree._Element, namespace: str, name: str, text: str) -> None:
    etree.SubElement(parent, f"{{{namespace}}}{name}").text = text


def _written(root: etree._Element) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="utf-8")
