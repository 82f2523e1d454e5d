#pragma once
#ifndef _XOPEN_SOURCE_EXTENDED
#define _XOPEN_SOURCE_EXTENDED 1
#endif
#define NCURSES_WIDECHAR 1
#include <ncurses.h>
#include <term.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <wchar.h>

/* Only what Swift cannot call: macros, variadics, wide cells, global state. */

static inline int plutarc_initial_colours(void) { return COLORS; }
static inline int plutarc_initial_pairs(void) { return COLOR_PAIRS; }
static inline int plutarc_columns(WINDOW *window) { return getmaxx(window); }
static inline int plutarc_rows(WINDOW *window) { return getmaxy(window); }

/* Declared here: <wchar.h> shows it only under feature macros that clash with Swift's Glibc. */
extern int wcwidth(wchar_t character);
static inline int plutarc_locale_is_wide(void) { return wcwidth(0x4E00) == 2; }

/* One cell: base and marks, ncurses attributes, pair number (may be above 32767). */
static inline int plutarc_put(
    WINDOW *window, int row, int column, wchar_t base, wchar_t mark1, wchar_t mark2,
    attr_t attributes, int pair)
{
    wchar_t text[4] = {base, mark1, mark1 ? mark2 : 0, 0};
    cchar_t cell;
    if (setcchar(&cell, text, attributes, (short)(pair > 32767 ? 0 : pair), &pair) == ERR) {
        text[0] = L'?';
        text[1] = 0;
        setcchar(&cell, text, attributes, (short)(pair > 32767 ? 0 : pair), &pair);
    }
    return mvwadd_wch(window, row, column, &cell);
}

/* A terminfo string, NULL when the terminal has none. */
static inline const char *plutarc_capability(const char *name)
{
    char *value = tigetstr((char *)name);
    return value == (char *)-1 ? NULL : value;
}

static inline attr_t plutarc_attribute(int bit)
{
    switch (bit) {
    case 1: return A_BOLD;
    case 2: return A_DIM;
    case 4: return A_ITALIC;
    case 8: return A_UNDERLINE;
    case 16: return A_REVERSE;
    case 32: return A_BLINK;
    default: return 0;
    }
}

/* The screen's own window and streams: global state that Swift 6 does not let us name. */
/* What it draws goes into `output`, a file in memory: nothing here ever waits for a terminal. The
   size is the caller's affair, and no key that waits puts a picture off. */
static inline SCREEN *plutarc_open(const char *name, int output)
{
    FILE *drawing = fdopen(output, "w");
    use_env(FALSE);
    use_tioctl(TRUE);
    SCREEN *screen = drawing ? newterm((char *)name, drawing, stdin) : NULL;
    if (screen) typeahead(-1);
    return screen;
}
extern long plutarc_call(long number, ...) __asm__("syscall");
static inline int plutarc_memory_file(void)
{
    return (int)plutarc_call(SYS_memfd_create, "frames", 1u /* MFD_CLOEXEC */);
}
static inline WINDOW *plutarc_window(void) { return stdscr; }
static inline int plutarc_redraw(WINDOW *window) { return clearok(window, TRUE); }

/* Whether terminfo knows `name` well enough to address the cursor; copies what restores it.
   setupterm prints nothing and does not exit when it may report through its last argument. */
static inline int plutarc_probe_term(const char *name, char *restore, size_t size)
{
    static const char *const parts[] = {"rmkx", "sgr0", "op", "cnorm", "rmcup"};
    int answer = 0;
    if (setupterm((char *)name, 1, &answer) != OK || !cur_term) return 0;
    const char *move = plutarc_capability("cup");
    restore[0] = 0;
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        const char *text = plutarc_capability(parts[i]);
        if (text && strlen(restore) + strlen(text) + 1 < size) strcat(restore, text);
    }
    int usable = move != NULL;
    del_curterm(cur_term);
    return usable;
}
