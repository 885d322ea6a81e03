public import CaseModel
import Foundation

extension TracingRecord {
  /// The text that is hashed and kept: JSON with sorted keys and without spaces.
  public func canonicalText() throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(self), as: UTF8.self)
  }

  /// The SHA-256 over the canonical text.
  public func hash() throws -> ContentHash { ContentHash(of: try canonicalText()) }

  /// The run's number. Equal runs have equal numbers in every store.
  public func code() throws -> RunCode { RunCode(of: try hash()) }
}

extension RunCode {
  /// The number of the run whose record has a hash.
  public init(of hash: ContentHash) { self.init("R-" + hash.hex.prefix(12)) }
}
