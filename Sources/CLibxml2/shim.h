// What Intake uses of libxml2: the streaming text reader, opened on bytes in memory.
//
// The two callbacks live here and not in Swift, because their types differ between the versions of
// libxml2 (an error is const from 2.12 on).

// Debian's libxml2 draws in ICU's headers, whose types collide with those of Foundation's own ICU in
// any module that sees both. Nothing here needs them.

#pragma once

#include <string.h>
#include <libxml/xmlversion.h>
#undef LIBXML_ICU_ENABLED
#include <libxml/xmlreader.h>
#include <libxml/parser.h>
#include <libxml/xmlerror.h>

/// The bytes that the reader has not yet asked for.
typedef struct {
  const unsigned char *bytes;
  size_t left;
} cxml_cursor;

/// The first fatal error, kept so that nothing is ever printed to the standard error stream.
typedef struct {
  int seen;
  int code;
  int line;
  char message[256];
} cxml_first_error;

static inline int cxml_read(void *context, char *buffer, int length) {
  cxml_cursor *cursor = (cxml_cursor *)context;
  size_t count = length < 0 ? 0 : (size_t)length;
  if (count > cursor->left) count = cursor->left;
  if (count > 0) memcpy(buffer, cursor->bytes, count);
  cursor->bytes += count;
  cursor->left -= count;
  return (int)count;
}

#if LIBXML_VERSION >= 21200
static inline void cxml_keep_error(void *context, const xmlError *error) {
#else
static inline void cxml_keep_error(void *context, xmlErrorPtr error) {
#endif
  cxml_first_error *first = (cxml_first_error *)context;
  if (error == NULL || first->seen || error->level != XML_ERR_FATAL) return;
  first->seen = 1;
  first->code = error->code;
  first->line = error->line;
  if (error->message != NULL) {
    strncpy(first->message, error->message, sizeof(first->message) - 1);
  }
}

/// Takes what the library would print: its converters of encodings know no reader and no handler of one, and
/// would print bytes of the file.
static inline void cxml_silent(void *context, const char *message, ...) {
  (void)context;
  (void)message;
}

/// A reader that opens no other file or connection, loads no DTD, substitutes no entity, keeps the
/// parser's own limits and prints nothing. NULL when there is no memory.
static inline xmlTextReaderPtr cxml_open(cxml_cursor *cursor, cxml_first_error *first) {
  // Of this thread only, as libxml2 keeps it.
  xmlSetGenericErrorFunc(NULL, cxml_silent);
  xmlTextReaderPtr reader = xmlReaderForIO(
      cxml_read, NULL, cursor, NULL, NULL,
      XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_COMPACT);
  if (reader != NULL) xmlTextReaderSetStructuredErrorHandler(reader, cxml_keep_error, first);
  return reader;
}
