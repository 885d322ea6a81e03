// What Intake uses of libarchive: reading containers from bytes in memory, never from or to files.

#include <archive.h>
#include <archive_entry.h>

/// A reader for one kind of container over bytes in memory. `kind`: 0 ZIP, 1 7-Zip, 2 TAR behind any of
/// the filters, 3 one compressed file. NULL when there is no memory or the bytes are no such container.
static inline struct archive *carchive_open(const void *bytes, size_t count, int kind) {
  struct archive *reader = archive_read_new();
  if (reader == NULL) return NULL;
  int result;
  switch (kind) {
  case 0: result = archive_read_support_format_zip_seekable(reader); break;
  case 1: result = archive_read_support_format_7zip(reader); break;
  case 2: result = archive_read_support_format_tar(reader); break;
  default: result = archive_read_support_format_raw(reader); break;
  }
  if (kind >= 2) {
    archive_read_support_filter_gzip(reader);
    archive_read_support_filter_bzip2(reader);
    archive_read_support_filter_xz(reader);
  }
  if (result != ARCHIVE_OK || archive_read_open_memory(reader, bytes, count) != ARCHIVE_OK) {
    archive_read_free(reader);
    return NULL;
  }
  return reader;
}

/// A regular file: not a folder, a link or a device.
static inline int carchive_is_file(struct archive_entry *entry) {
  return archive_entry_filetype(entry) == AE_IFREG && archive_entry_hardlink(entry) == NULL;
}

static inline int carchive_is_folder(struct archive_entry *entry) {
  return archive_entry_filetype(entry) == AE_IFDIR;
}
