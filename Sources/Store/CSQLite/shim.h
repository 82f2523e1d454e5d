#pragma once
#include <sqlite3.h>

/* SQLITE_TRANSIENT is a cast macro that Swift cannot import. */
static inline int plutarc_bind_text(sqlite3_stmt *statement, int index, const char *text, int bytes) {
    return sqlite3_bind_text(statement, index, text, bytes, SQLITE_TRANSIENT);
}
static inline int plutarc_bind_blob(sqlite3_stmt *statement, int index, const void *data, int bytes) {
    return sqlite3_bind_blob(statement, index, data, bytes, SQLITE_TRANSIENT);
}
/* sqlite3_db_config is variadic. */
static inline int plutarc_db_config(sqlite3 *db, int option, int on) {
    return sqlite3_db_config(db, option, on, (int *)0);
}
/* Declared by the C library only under _GNU_SOURCE. With 1 (FALLOC_FL_KEEP_SIZE) as its mode a file
   gets blocks of the disk behind its end, which stays where it is. */
extern int plutarc_fallocate(int descriptor, int mode, long long offset, long long bytes)
    __asm__("fallocate");
