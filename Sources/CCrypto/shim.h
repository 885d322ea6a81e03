// What Digests uses of OpenSSL's libcrypto.

// The one function below asks for SHA-256 itself and not for "a digest by name": for a line of a statement,
// finding the algorithm costs more than running it. OpenSSL 3 keeps the calls and discourages them.
#define OPENSSL_SUPPRESS_DEPRECATED 1
#include <openssl/evp.h>
#include <openssl/sha.h>
#include <stddef.h>

/// SHA-256 of some bytes (FIPS 180-4), 32 bytes into `digest`. 1 when it was made.
static inline int ccrypto_sha256(const void *bytes, size_t count, unsigned char *digest) {
  SHA256_CTX context;
  return SHA256_Init(&context) == 1 && SHA256_Update(&context, bytes, count) == 1
      && SHA256_Final(digest, &context) == 1;
}
