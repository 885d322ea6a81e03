import CaseModel
import Digests

/// Names of things that are the same in every export, every store and every run of one matter.
///
/// `mt-` and forty hexadecimal digits: the head of SHA-256 over the matter's code, the kind and the
/// thing's strong key (formats.md §8.1). Each part goes in with its length, so no text passes for two.
struct StableID: Hashable, Comparable, Sendable {
  let text: String

  init(_ matter: MatterCode, _ kind: String, _ parts: String...) {
    var text = "moneytrail-id/1\n"
    for part in [matter.text, kind] + parts { text += "\(part.utf8.count):\(part)\n" }
    self.text = "mt-" + ContentHash(of: text).hex.prefix(40)
  }

  static func < (a: Self, b: Self) -> Bool {
    a.text.utf8.lexicographicallyPrecedes(b.text.utf8)
  }
}
