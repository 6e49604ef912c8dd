"""Cells, bytes and encodings that some file, or nobody's file, has held."""

CELLS = (
    "", " ", "0", "-1", "1e308", "-0.0", "nan", "inf", "9" * 400, "1.2.3", "1,234,567", "12%", "٣",
    "\u00ad", "\ufeff", "\u202e", "\ud7ff", "😀" * 50, "NULL", "#REF!", "=1+1", "--", "1970-01-01",
    "0000-00-00", "9999-12-31", "29 February", "Feb 30, 2026", "12/31/9999", "10000-01-01",
    "'; drop table post; --", "a\nb", 'a"b', "Total", "<1%", "https://x.com/a/status/" + "9" * 30,
    "https://www.tiktok.com/@a/video/" + "9" * 19, "18446744073709551616", "25:61:61", "\x1b[31m",
)  # fmt: skip
BYTES = (
    b"", b"\0", b'"', b'""', b"\n", b"\r", b"\r\n", b",", b";", b"\t", b"|", b"\xff",
    b"\xef\xbb\xbf", b"\xff\xfe", b"\\", b"sep=;\n", b"{", b"]", b"\xe2\x80", b"\n\n\n",
    b'","', b"=", b"\x1a",
)  # fmt: skip
ENCODINGS = ("utf-16", "utf-16-be", "utf-8-sig", "cp1252", "cp1251", "cp850", "shift_jis", "utf-7")
