"""The metadata of a form stands in the namespace that OpenRosa reserves for it.

The converter leaves `meta` among the answers. The OpenRosa metadata scheme gives it a namespace of
its own, and a form and an instance that disagree about it lose the instance's identity when an
instance begun elsewhere is opened again.
"""

from __future__ import annotations

from lxml import etree

XFORMS = "{http://www.w3.org/2002/xforms}"
OPENROSA = "{http://openrosa.org/xforms}"


def use_openrosa_metadata(form: etree._Element) -> None:
    """Move `meta`, and what binds to it, into the namespace of OpenRosa."""
    for meta in form.iterfind(f".//{XFORMS}instance/*/{XFORMS}meta"):
        for element in meta.iter(f"{XFORMS}*"):
            element.tag = OPENROSA + etree.QName(element).localname
    for bind in form.iter(f"{XFORMS}bind"):
        nodeset = bind.get("nodeset", "")
        bind.set("nodeset", nodeset.replace("/meta/", "/orx:meta/orx:"))
