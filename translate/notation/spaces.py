"""The white space of French and English typography."""

#: Characters that part words and are never the end of a sentence: Unicode white space (with the
#: no-break and narrow no-break spaces of French typography), zero-width space, word joiner, BOM.
BLANKS = "".join(map(chr, (*range(9, 14), *range(28, 33), 0x85, 0xA0, 0x1680))) + "".join(
    map(chr, (*range(0x2000, 0x200C), 0x2028, 0x2029, 0x202F, 0x205F, 0x2060, 0x3000, 0xFEFF))
)
