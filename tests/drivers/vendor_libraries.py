"""Small libraries in the styles of makers' kits, built with gcc for one test: well behaved, and badly in every way.

``mood`` says what is wrong and with what: ``hang read``, ``crash find``, ``garbage decode``. With ``once`` only the
first process that comes to it is struck: a file beside the library tells the next one.
"""

import subprocess
from pathlib import Path

from drivers.contracts import CardRecord
from drivers.id_card import photo, text

PHOTO = b"WLf\0" + bytes(range(255)) * 4
NEWEST = "四川省绵阳市测试区五号"

_COMMON = r"""
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
static int struck(void) {
#if ONCE
    int file = open(FLAG, O_CREAT | O_EXCL | O_WRONLY, 0600);
    if (file < 0) return 0;
    close(file);
#endif
    return 1;
}
#define HANG(name) if (!strcmp(MOOD, "hang " name) && struck()) for (;;) sleep(60)
#define CRASH(name) if (!strcmp(MOOD, "crash " name) && struck()) *(volatile int *)8 = 1
#define IS(mood) (!strcmp(MOOD, mood) && struck())
"""

_SDT = r"""
static const unsigned char TEXT[] = {@TEXT@}, PHOTO[] = {@PHOTO@}, NEWEST[] = {@NEWEST@};
int SDT_OpenPort(int port) { puts("opened"); fflush(stdout); HANG("open"); return port == @PORT@ ? 0x90 : 0x01; }
int SDT_ClosePort(int port) { return 0x90; }
int SDT_GetSAMStatus(int port, int is_open) { HANG("status"); return IS("refuse status") ? 0x60 : 0x90; }
int SDT_StartFindIDCard(int port, unsigned char *iin, int is_open) {
    HANG("find"); CRASH("find"); memset(iin, 0, 4);
    return IS("refuse find") ? 0x80 : 0x9F;
}
int SDT_SelectIDCard(int port, unsigned char *sn, int is_open) { memset(sn, 0, 8); return 0x90; }
static int base(unsigned char *text, unsigned int *texts, unsigned char *photo, unsigned int *photos) {
    HANG("read"); CRASH("read");
    if (IS("refuse read")) return 0x41;
    if (IS("doubt read")) return 0x33;
    memcpy(text, TEXT, sizeof TEXT); memcpy(photo, PHOTO, sizeof PHOTO);
    *texts = sizeof TEXT; *photos = sizeof PHOTO;
    if (IS("garbage read")) memset(text, 0x20, sizeof TEXT);
    if (IS("lengths read")) *texts = 0x7fffffff;
    return 0x90;
}
#if FILES
int SDT_ReadBaseMsgToFile(int port, char *a, unsigned int *texts, char *b, unsigned int *photos, int is_open) {
    unsigned char text[256], photo[1024];
    int status = base(text, texts, photo, photos);
    FILE *file = fopen(a, "wb"); fwrite(text, 1, sizeof text, file); fclose(file);
    file = fopen(b, "wb"); fwrite(photo, 1, sizeof photo, file); fclose(file);
    return status;
}
#else
int SDT_ReadBaseMsg(int port, unsigned char *a, unsigned int *texts, unsigned char *b, unsigned int *photos, int open) {
    return base(a, texts, b, photos);
}
#endif
int SDT_ReadNewAppMsg(int port, unsigned char *text, unsigned int *size, int is_open) {
    memcpy(text, NEWEST, sizeof NEWEST); *size = sizeof NEWEST; return 0x90;
}
"""

_TERMB = r"""
#define FIELD(name, ...) \
    int name(char *text, int *size) { \
        static const char value[] = {__VA_ARGS__, 0}; \
        memcpy(text, value, sizeof value); *size = sizeof value - 1; return 1; \
    }
int @PREFIX@InitComm(int port) { return port == @PORT@ ? 1 : 2; }
int @PREFIX@CloseComm(void) { return 1; }
int @PREFIX@Authenticate(void) { HANG("find"); return 1; }
int @PREFIX@Read_Content(int active) {
    HANG("read"); CRASH("read");
    FILE *file = fopen("wz.txt", "wb"); fputs("the text of a card", file); fclose(file);
    return IS("refuse read") ? 0 : 1;
}
@FIELDS@
"""

_DECODER = r"""
int @NAME@(@ARGUMENTS@) {
    HANG("decode"); CRASH("decode");
    unsigned char out[54 + 308 * 126];
    static const unsigned char head[54] = {@HEAD@};
    memcpy(out, head, 54);
    for (int i = 54; i < (int)sizeof out; i++) out[i] = (unsigned char)(i * 7 + 3);
    if (IS("garbage decode")) memset(out, 0, sizeof out);
    @STORE@
    return 1;
}
"""


def _bytes(data: bytes) -> str:
    return ", ".join(str(byte if byte < 128 else byte - 256) for byte in data)


def _unsigned(data: bytes) -> str:
    return ", ".join(str(byte) for byte in data)


def _build(folder: Path, name: str, source: str, mood: str, *, once: bool, files: bool = False) -> Path:
    made = folder / f"{name}.c"
    library = folder / f"lib{name}.so"
    made.write_text(_COMMON + source, encoding="utf-8")
    flags = [f'-DMOOD="{mood}"', f'-DFLAG="{folder / name}.struck"', f"-DONCE={int(once)}", f"-DFILES={int(files)}"]
    subprocess.run(["gcc", "-shared", "-fPIC", "-w", *flags, "-o", str(library), str(made)], check=True)
    return library


def sdt(
    folder: Path, person: CardRecord, mood: str = "", *, once: bool = False, files: bool = False, port: int = 1001
) -> Path:
    """A library in the style of ``sdtapi``; with ``files`` it writes into files."""
    source = _SDT.replace("@TEXT@", _unsigned(text.encode(person))).replace("@PHOTO@", _unsigned(PHOTO))
    source = source.replace("@NEWEST@", _unsigned(text.encode_appended_address(NEWEST))).replace("@PORT@", str(port))
    return _build(folder, "sdt", source, mood, once=once, files=files)


def termb(folder: Path, person: CardRecord, mood: str = "", *, once: bool = False, prefix: str = "CVR_") -> Path:
    """A library in the style of ``termb``."""
    values = {
        "GetPeopleName": person.name,
        "GetPeopleSex": person.sex,
        "GetPeopleNation": person.nation,
        "GetPeopleBirthday": person.birth.replace("-", ""),
        "GetPeopleAddress": person.address,
        "GetPeopleIDCode": person.id_no,
        "GetDepartment": person.issuer,
        "GetStartDate": person.valid_from.replace("-", "."),
        "GetEndDate": person.valid_to,
    }
    fields = "\n".join(f"FIELD({name}, {_bytes(value.encode('gb18030'))})" for name, value in values.items())
    source = _TERMB.replace("@PREFIX@", prefix).replace("@PORT@", "1002").replace("@FIELDS@", fields)
    return _build(folder, "termb", source, mood, once=once)


def decoder(folder: Path, mood: str = "", *, style: str = "unpack", once: bool = False) -> Path:
    """A photo decoder: ``unpack`` (a BMP), ``rows`` (raw rows), ``mangled`` (the C++ name), ``GetBmp`` (by files)."""
    head = photo.bmp(bytes(308 * 126))[:54]
    if style == "GetBmp":
        arguments = "char *wlt, int port"
        store = (
            'char name[1024]; strcpy(name, wlt); strcpy(name + strlen(name) - 3, "bmp");'
            'FILE *file = fopen(name, "wb"); fwrite(out, 1, sizeof out, file); fclose(file);'
        )
    else:
        arguments = "char *wlt, char *bmp, int mode"
        store = "memcpy(bmp, out + 54, sizeof out - 54);" if style == "rows" else "memcpy(bmp, out, sizeof out);"
    name = {"GetBmp": "GetBmp", "mangled": "_Z6unpackPcS_i"}.get(style, "unpack")
    source = _DECODER.replace("@NAME@", name).replace("@ARGUMENTS@", arguments).replace("@STORE@", store)
    return _build(folder, "decoder", source.replace("@HEAD@", _unsigned(head)), mood, once=once)


def nothing(folder: Path) -> Path:
    """A library of something else."""
    return _build(folder, "nothing", "int beep(void) { return 0; }\n", "", once=False)
