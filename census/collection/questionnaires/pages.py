"""Pages of the form: items that belong together are asked on one screen.

In an XLSForm a group gives the page, but it also puts a node of its own into every instance, and
the instance of the household questionnaire is flat. So an item names its page in an attribute of
its control, and here neighbours with the same page are put into a group that refers to no node.
"""

from __future__ import annotations

from itertools import groupby

from lxml import etree

XFORMS = "{http://www.w3.org/2002/xforms}"
XHTML = "{http://www.w3.org/1999/xhtml}"


def arrange_pages(form: etree._Element) -> None:
    """Put every run of items of one page together."""
    body = form.find(f"{XHTML}body")
    if body is None:
        raise ValueError("a form without a body has no items")
    for parent in [body, *body.iter(f"{XFORMS}repeat")]:
        _group_pages(parent)


def _group_pages(parent: etree._Element) -> None:
    for page, controls in groupby(list(parent), key=lambda control: control.get("page")):
        if page is not None:
            _put_on_one_page(parent, list(controls))


def _put_on_one_page(parent: etree._Element, controls: list[etree._Element]) -> None:
    group = etree.Element(f"{XFORMS}group", {"appearance": "field-list"})
    parent.insert(parent.index(controls[0]), group)
    for control in controls:
        del control.attrib["page"]
        group.append(control)
