// What Exchange uses of libxml2: a document checked against an XML Schema, both from memory.
//
// The callback lives here and not in Swift, because its type differs between the versions of libxml2.

#include <stdlib.h>
#include <string.h>
#include <libxml/xmlversion.h>
#undef LIBXML_ICU_ENABLED
#include <libxml/parser.h>
#include <libxml/tree.h>
#include <libxml/xmlerror.h>
#include <libxml/xmlschemas.h>
#include "shim.h"

/// The first errors, up to the room given; `met` counts all.
typedef struct {
  int line;
  char message[400];
} cxml_problem;

typedef struct {
  cxml_problem *problems;
  int room;
  int met;
} cxml_problems;

#if LIBXML_VERSION >= 21200
static inline void cxml_keep_problem(void *context, const xmlError *error) {
#else
static inline void cxml_keep_problem(void *context, xmlErrorPtr error) {
#endif
  cxml_problems *all = (cxml_problems *)context;
  if (error == NULL || error->level < XML_ERR_ERROR) return;
  if (all->met < all->room) {
    cxml_problem *one = &all->problems[all->met];
    one->line = error->line;
    one->message[0] = 0;
    if (error->message != NULL) {
      strncpy(one->message, error->message, sizeof(one->message) - 1);
      one->message[sizeof(one->message) - 1] = 0;
    }
  }
  all->met += 1;
}

/// A tree from memory: no network, no DTD loaded, no entity substituted, nothing printed. NULL when it is
/// not well formed.
static inline xmlDocPtr cxml_tree(const unsigned char *bytes, int length) {
  xmlSetGenericErrorFunc(NULL, cxml_silent);
  return xmlReadMemory(
      (const char *)bytes, length, NULL, NULL,
      XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_BIG_LINES);
}

/// 1 when the tree declares a document type.
static inline int cxml_has_dtd(xmlDocPtr document) {
  return document->intSubset != NULL || document->extSubset != NULL;
}

/// 1 when a schema would read other files: include, import with a place, redefine, override.
static inline int cxml_reads_others(xmlDocPtr document) {
  xmlNodePtr root = xmlDocGetRootElement(document);
  if (root == NULL) return 0;
  for (xmlNodePtr node = root->children; node != NULL; node = node->next) {
    if (node->type != XML_ELEMENT_NODE) continue;
    const char *name = (const char *)node->name;
    if (strcmp(name, "include") == 0 || strcmp(name, "redefine") == 0 ||
        strcmp(name, "override") == 0 || strcmp(name, "import") == 0)
      return 1;
  }
  return 0;
}

/// A schema from its tree, which stays the caller's. NULL with the problems when it is none.
static inline xmlSchemaPtr cxml_schema(xmlDocPtr document, cxml_problems *problems) {
  xmlSchemaParserCtxtPtr parser = xmlSchemaNewDocParserCtxt(document);
  if (parser == NULL) return NULL;
  xmlSchemaSetParserStructuredErrors(parser, cxml_keep_problem, problems);
  xmlSchemaPtr schema = xmlSchemaParse(parser);
  xmlSchemaFreeParserCtxt(parser);
  return schema;
}

/// 0 when the document is valid, above 0 when it is not, below 0 when it could not be checked.
static inline int cxml_validate(xmlSchemaPtr schema, xmlDocPtr document, cxml_problems *problems) {
  xmlSchemaValidCtxtPtr context = xmlSchemaNewValidCtxt(schema);
  if (context == NULL) return -1;
  xmlSchemaSetValidStructuredErrors(context, cxml_keep_problem, problems);
  int result = xmlSchemaValidateDoc(context, document);
  xmlSchemaFreeValidCtxt(context);
  return result;
}
