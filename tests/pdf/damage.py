"""The defects of the self-test, each with the tool and the rule that must find it."""
import re
from typing import Callable, NamedTuple

import pikepdf
from pikepdf import Array, Dictionary, Name, Operator


class Defect(NamedTuple):
    name: str
    make: Callable
    tool: str
    rule: str


def damage(defect, good, file):
    with pikepdf.open(good) as pdf:
        defect.make(pdf)
        pdf.save(file)


def elements(pdf, *types):
    """The structure elements of these types in the order of the tree."""
    waiting, found = [pdf.Root.StructTreeRoot], []
    while waiting:
        node = waiting.pop()
        if isinstance(node, Array):
            waiting.extend(reversed(list(node)))
        elif isinstance(node, Dictionary):
            if '/S' in node and str(node.S).lstrip('/') in types:
                found.append(node)
            if '/K' in node:
                waiting.append(node.K)
    return found


def link(pdf):
    return next(a for page in pdf.pages for a in page.get('/Annots', []) if a.Subtype == Name.Link)


def fonts(pdf):
    return [font for page in pdf.pages for font in page.Resources.Font.values()]


def without(find, key):
    """Takes the key away from what is found; it is an error where there is none."""
    def make(pdf):
        del find(pdf)[key]
    return make


def lose_scope(pdf):
    heads = elements(pdf, 'TH')
    assert heads, 'no TH'
    for head in heads:
        sets = list(head.A) if isinstance(head.A, Array) else [head.A]
        for attributes in (s for s in sets if '/Scope' in s):
            del attributes['/Scope']
    # Cells that name their heads would make up for the scope.
    for cell in heads + elements(pdf, 'TD'):
        sets = cell.get('/A', [])
        for attributes in (list(sets) if isinstance(sets, Array) else [sets]):
            if '/Headers' in attributes:
                del attributes['/Headers']


def skip_heading(pdf):
    elements(pdf, 'H2')[0].S = Name.H3


def lose_element(pdf):
    """A paragraph's content stays on the page; the tree knows nothing of it."""
    paragraph = elements(pdf, 'P')[0]
    paragraph.K = Array()
    tree = pdf.Root.StructTreeRoot.ParentTree
    lists = [node.Nums for node in [tree, *tree.get('/Kids', [])] if '/Nums' in node]
    for owners in (o for numbers in lists for o in numbers if isinstance(o, Array)):
        for i, owner in enumerate(owners):
            if isinstance(owner, Dictionary) and owner.objgen == paragraph.objgen:
                owners[i] = None


def lose_pdfuaid(pdf):
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
        del metadata['{http://www.aiim.org/pdfua/ns/id/}part']


def lose_font_file(pdf):
    font = fonts(pdf)[0]
    descriptor = (font.DescendantFonts[0] if '/DescendantFonts' in font else font).FontDescriptor
    del descriptor[next(key for key in ('/FontFile', '/FontFile2', '/FontFile3') if key in descriptor)]


def attachment(pdf):
    return pdf.Root.AF[0]


# Text on the page

class Shown(NamedTuple):
    at: int  # which instruction of the page shows it
    font: Name
    codes: bytes


def strings(operands):
    return [s for o in operands for s in (o if isinstance(o, Array) else [o]) if isinstance(s, pikepdf.String)]


def space_code(pdf, page, font):
    cmap = page.Resources.Font[font].ToUnicode.read_bytes()
    found = re.search(rb'<([0-9a-f]{4})>\s*<0020>', cmap, re.IGNORECASE)
    return bytes.fromhex(found[1].decode()) if found else None


def longest_text(pdf, page, instructions):
    """The longest text shown at once that belongs to the tree and holds a space."""
    best, font, owned = None, None, []
    for at, (operands, operator) in enumerate(instructions):
        name = str(operator)
        if name in ('BDC', 'BMC'):
            owned.append(name == 'BDC' and '/MCID' in operands[1])
        elif name == 'EMC':
            owned.pop()
        elif name == 'Tf':
            font = operands[0]
        elif name in ('Tj', 'TJ') and any(owned):
            codes = b''.join(map(bytes, strings(operands)))
            pairs = [codes[i:i + 2] for i in range(0, len(codes), 2)]
            if space_code(pdf, page, font) in pairs[1:-1] and len(codes) > len(best.codes if best else b''):
                best = Shown(at, font, codes)
    assert best, 'no text with a space on the first page'
    return best


def first_page(pdf):
    page = pdf.pages[0]
    instructions = list(pikepdf.parse_content_stream(page))
    return page, instructions, longest_text(pdf, page, instructions)


def write(pdf, page, instructions):
    page.Contents = pdf.make_stream(pikepdf.unparse_content_stream(instructions))


def lose_text(pdf):
    page, instructions, text = first_page(pdf)
    del instructions[text.at]
    write(pdf, page, instructions)


def lose_space(pdf):
    page, instructions, text = first_page(pdf)
    space, kept, lost, seen = space_code(pdf, page, text.font), [], False, 0
    for item in instructions[text.at].operands[0] if str(instructions[text.at].operator) == 'TJ' else strings(
            instructions[text.at].operands):
        if isinstance(item, pikepdf.String):
            codes = bytes(item)
            for i in range(0, len(codes), 2):
                if not lost and seen and codes[i:i + 2] == space:
                    codes, lost = codes[:i] + codes[i + 2:], True
                    break
                seen += 1
            item = pikepdf.String(codes)
        kept.append(item)
    instructions[text.at] = ([Array(kept)], Operator('TJ'))
    write(pdf, page, instructions)


def add(pdf, where, tags=(b'/Artifact BMC', b'EMC')):
    """Shows the longest text of the first page once more at each of these places."""
    page, _, text = first_page(pdf)
    texts = b' '.join(b'BT %s 11 Tf 1 0 0 1 %d %d Tm <%s> Tj ET' % (
        str(text.font).encode(), *place, text.codes.hex().encode()) for place in where)
    page.contents_add(b'q', prepend=True)
    page.contents_add(b'Q ' + tags[0] + b' ' + texts + b' ' + tags[1])


def add_untagged(pdf):
    add(pdf, [(60, 30)], (b'', b''))


def add_beyond_edge(pdf):
    width = int(pdf.pages[0].mediabox[2])
    add(pdf, [(width - 15, 300)])


def add_overlap(pdf):
    add(pdf, [(40, 30), (43, 32)])


DEFECTS = [
    Defect('no language', without(lambda pdf: pdf.Root, '/Lang'), 'veraPDF ua1', '7.2-34'),
    Defect('no MarkInfo', without(lambda pdf: pdf.Root, '/MarkInfo'), 'veraPDF ua1', '6.2-1'),
    Defect('no title shown', without(lambda pdf: pdf.Root, '/ViewerPreferences'), 'veraPDF ua1', '7.1-10'),
    Defect('figure without Alt', without(lambda pdf: elements(pdf, 'Figure')[0], '/Alt'), 'veraPDF ua1', '7.3-1'),
    Defect('header cells without Scope', lose_scope, 'veraPDF ua1', '7.5-1'),
    Defect('heading skipped', skip_heading, 'veraPDF ua1', '7.4.2-1'),
    Defect('content without owner', lose_element, 'outloud', 'TAG-020'),
    Defect('page without StructParents', without(lambda pdf: pdf.pages[0], '/StructParents'), 'veraPDF ua1', '7.1-3'),
    Defect('untagged text', add_untagged, 'veraPDF ua1', '7.1-3'),
    Defect('link without Contents', without(link, '/Contents'), 'veraPDF ua1', '7.18.5-2'),
    Defect('link without StructParent', without(link, '/StructParent'), 'veraPDF ua1', '7.18.5-1'),
    Defect('no ToUnicode', without(lambda pdf: fonts(pdf)[0], '/ToUnicode'), 'veraPDF ua1', '7.21.7-1'),
    Defect('no ToUnicode', without(lambda pdf: fonts(pdf)[0], '/ToUnicode'), 'pdffonts', 'no-ToUnicode'),
    Defect('font not embedded', lose_font_file, 'veraPDF 3a', '6.2.11.4.1-1'),
    Defect('font not embedded', lose_font_file, 'pdffonts', 'not-embedded'),
    Defect('no PDF/UA in XMP', lose_pdfuaid, 'veraPDF ua1', '5-1'),
    Defect('no output intent', without(lambda pdf: pdf.Root, '/OutputIntents'), 'veraPDF 3a', '6.2.4.3-2'),
    Defect('attachment without AFRelationship', without(attachment, '/AFRelationship'), 'veraPDF 3a', '6.8-3'),
    Defect('text lost', lose_text, 'text', 'missing'),
    Defect('space lost', lose_space, 'text', 'spaces'),
    Defect('text beyond the edge', add_beyond_edge, 'boxes', 'edge'),
    Defect('words on words', add_overlap, 'boxes', 'overlap'),
]
