"""Names in Word's XML. Files saved as "Strict Open XML" use other namespaces for the same things."""

from __future__ import annotations

from xml.etree.ElementTree import Element

_OPEN = "http://schemas.openxmlformats.org"
W = f"{{{_OPEN}/wordprocessingml/2006/main}}"
R = f"{{{_OPEN}/officeDocument/2006/relationships}}"
A = f"{{{_OPEN}/drawingml/2006/main}}"
M = f"{{{_OPEN}/officeDocument/2006/math}}"
C = f"{{{_OPEN}/drawingml/2006/chart}}"
DGM = f"{{{_OPEN}/drawingml/2006/diagram}}"
MC = f"{{{_OPEN}/markup-compatibility/2006}}"
V = "{urn:schemas-microsoft-com:vml}"
O = "{urn:schemas-microsoft-com:office:office}"  # noqa: E741 (the prefix that Word itself uses)

_STRICT = "{http://purl.oclc.org/ooxml/"
_USUAL = {
    f"{_STRICT}wordprocessingml/main}}": W,
    f"{_STRICT}officeDocument/relationships}}": R,
    f"{_STRICT}drawingml/main}}": A,
    f"{_STRICT}drawingml/chart}}": C,
    f"{_STRICT}drawingml/diagram}}": DGM,
    f"{_STRICT}officeDocument/math}}": M,
}


def in_usual_names(root: Element) -> Element:
    """``root`` with the names of the strict form brought to the usual ones; changes it in place."""
    if not any(element.tag.startswith(_STRICT) for element in (root, *root)):
        return root
    for element in root.iter():
        element.tag = _usual(element.tag)
        for name in [name for name in element.attrib if name.startswith(_STRICT)]:
            element.attrib[_usual(name)] = element.attrib.pop(name)
    return root


def _usual(name: str) -> str:
    space, closing, local = name.partition("}")
    return _USUAL.get(space + closing, space + closing) + local if closing else name


def value(element: Element | None, name: str = "val") -> str:
    """A ``w:`` attribute, or "" where element or attribute is missing."""
    return "" if element is None else element.get(f"{W}{name}", "")


def is_on(element: Element | None) -> bool:
    """Whether a switch such as ``w:b`` is there and not switched off."""
    return element is not None and element.get(f"{W}val", "true") not in {"0", "false", "off"}
