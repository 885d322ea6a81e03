// Looks at 64 bytes of text at once. Swift has no way to turn a comparison of 16 bytes into 16 bits, and
// one byte after the other costs five times as much. Two forms of the same: SSE2, which every x86-64
// processor has, and portable C; both give the same bits (tested).

#ifndef CROWSCAN_H
#define CROWSCAN_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>
#if defined(__SSE2__)
#include <emmintrin.h>
#endif

/// Where in 64 bytes the marks of a delimited text stand: bit n for byte n.
typedef struct {
  /// Delimiters, line feeds and carriage returns.
  uint64_t ends;
  /// Quotes.
  uint64_t quotes;
} crowscan_marks;

/// What kinds of bytes a text holds.
typedef struct {
  /// Line feeds, and carriage returns that no line feed follows.
  uint64_t line_ends;
  int has_nul;
  /// Below 0x20 and none of NUL, TAB, LF, CR; or 0x7F.
  int has_control;
  int has_high;
} crowscan_traits;

/// Byte by byte: for the last bytes of a text, and to compare the fast form with.
static inline crowscan_marks crowscan_slow(
    const uint8_t *text, size_t count, uint8_t delimiter, uint8_t quote) {
  crowscan_marks marks = {0, 0};
  if (count > 64) count = 64;
  for (size_t i = 0; i < count; i++) {
    uint8_t byte = text[i];
    if (byte == delimiter || byte == 10 || byte == 13) marks.ends |= (uint64_t)1 << i;
    if (quote != 0 && byte == quote) marks.quotes |= (uint64_t)1 << i;
  }
  return marks;
}

/// The marks of 64 bytes, all of which must be readable. `quote` 0: the text has none.
static inline crowscan_marks crowscan_64(const uint8_t *text, uint8_t delimiter, uint8_t quote) {
#if defined(__SSE2__)
  crowscan_marks marks = {0, 0};
  const __m128i d = _mm_set1_epi8((char)delimiter), q = _mm_set1_epi8((char)quote);
  const __m128i lf = _mm_set1_epi8(10), cr = _mm_set1_epi8(13);
  for (int i = 0; i < 4; i++) {
    __m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)(text + 16 * i));
    __m128i ends = _mm_or_si128(
        _mm_cmpeq_epi8(bytes, d), _mm_or_si128(_mm_cmpeq_epi8(bytes, lf), _mm_cmpeq_epi8(bytes, cr)));
    marks.ends |= (uint64_t)(uint16_t)_mm_movemask_epi8(ends) << (16 * i);
    marks.quotes |= (uint64_t)(uint16_t)_mm_movemask_epi8(_mm_cmpeq_epi8(bytes, q)) << (16 * i);
  }
  if (quote == 0) marks.quotes = 0;
  return marks;
#else
  return crowscan_slow(text, 64, delimiter, quote);
#endif
}

/// The kinds of bytes of a text. `next` is the byte behind it, 0 when there is none.
static inline crowscan_traits crowscan_kinds(const uint8_t *text, size_t count, uint8_t next) {
  crowscan_traits kinds = {0, 0, 0, 0};
  size_t i = 0;
#if defined(__SSE2__)
  const __m128i zero = _mm_setzero_si128(), lf = _mm_set1_epi8(10), cr = _mm_set1_epi8(13);
  const __m128i tab = _mm_set1_epi8(9), space = _mm_set1_epi8(0x20), del = _mm_set1_epi8(0x7F);
  __m128i nul = zero, control = zero, high = zero;
  // One byte more than a block is looked at, for the line feed behind a carriage return.
  for (; i + 17 <= count; i += 16) {
    __m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)(text + i));
    __m128i is_lf = _mm_cmpeq_epi8(bytes, lf), is_cr = _mm_cmpeq_epi8(bytes, cr);
    __m128i is_nul = _mm_cmpeq_epi8(bytes, zero);
    // Signed comparison: bytes from 0x80 on count as low too, and are taken out again.
    __m128i low = _mm_andnot_si128(_mm_cmplt_epi8(bytes, zero), _mm_cmplt_epi8(bytes, space));
    __m128i plain = _mm_or_si128(
        _mm_or_si128(is_lf, is_cr), _mm_or_si128(is_nul, _mm_cmpeq_epi8(bytes, tab)));
    high = _mm_or_si128(high, bytes);
    nul = _mm_or_si128(nul, is_nul);
    control = _mm_or_si128(
        control, _mm_or_si128(_mm_andnot_si128(plain, low), _mm_cmpeq_epi8(bytes, del)));
    unsigned ends = (unsigned)_mm_movemask_epi8(is_lf);
    unsigned returns = (unsigned)_mm_movemask_epi8(is_cr);
    if (returns != 0) {
      unsigned after = (ends >> 1) | (text[i + 16] == 10 ? 0x8000u : 0u);
      ends |= returns & ~after;
    }
    kinds.line_ends += (uint64_t)__builtin_popcount(ends);
  }
  kinds.has_nul = _mm_movemask_epi8(nul) != 0;
  kinds.has_control = _mm_movemask_epi8(control) != 0;
  kinds.has_high = _mm_movemask_epi8(high) != 0;
#endif
  for (; i < count; i++) {
    uint8_t byte = text[i];
    uint8_t after = i + 1 < count ? text[i + 1] : next;
    if (byte == 10 || (byte == 13 && after != 10)) kinds.line_ends++;
    if (byte == 0) kinds.has_nul = 1;
    if ((byte < 0x20 && byte != 0 && byte != 9 && byte != 10 && byte != 13) || byte == 0x7F) {
      kinds.has_control = 1;
    }
    if (byte >= 0x80) kinds.has_high = 1;
  }
  return kinds;
}

/// How many bytes from the start on are ASCII.
static inline size_t crowscan_ascii(const uint8_t *text, size_t count) {
  size_t i = 0;
#if defined(__SSE2__)
  for (; i + 64 <= count; i += 64) {
    __m128i a = _mm_loadu_si128((const __m128i *)(const void *)(text + i));
    __m128i b = _mm_loadu_si128((const __m128i *)(const void *)(text + i + 16));
    __m128i c = _mm_loadu_si128((const __m128i *)(const void *)(text + i + 32));
    __m128i d = _mm_loadu_si128((const __m128i *)(const void *)(text + i + 48));
    if (_mm_movemask_epi8(_mm_or_si128(_mm_or_si128(a, b), _mm_or_si128(c, d))) != 0) break;
  }
#endif
  while (i < count && text[i] < 0x80) i++;
  return i;
}

#endif
