import CaseModel
import Foundation

/// What references, names and states of records mean to the matching.
enum MatchingWords {
  /// References that can stand for one payment, by the names Intake gives them. A mandate, a customer
  /// number or a structured creditor reference comes back with every payment, and is none of them.
  static let identifying = [
    "end-to-end", "instruction", "transaction", "sender", "servicer", "customer", "message",
    "clearing", "control-number", "tx-hash", "reference", "transaction-number", "cheque",
  ]
  /// References of a group of payments.
  static let batch = ["batch-id", "payment-information"]

  /// A reference as it is compared: without spaces around, upper case; nil for words that mean none.
  static func reference(_ text: String?) -> String? {
    guard let text else { return nil }
    let plain = text.trimmingCharacters(in: .whitespacesAndNewlines).uppercased()
    let none: Set<String> = ["", "NONREF", "NOTPROVIDED", "NOT PROVIDED", "NONE", "N/A", "NA", "-"]
    guard !none.contains(plain), !plain.utf8.allSatisfy({ $0 == UInt8(ascii: "0") }) else {
      return nil
    }
    return plain
  }

  /// The UETR in lower case, when it has the form of one (RFC 4122: 8-4-4-4-12 hexadecimal digits).
  static func uetr(_ references: [String: String]) -> String? {
    guard let text = references["uetr"]?.lowercased(), text.utf8.count == 36 else { return nil }
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    let hexadecimal = { (part: Substring) in part.utf8.allSatisfy { isHex($0) } }
    guard parts.map(\.utf8.count) == [8, 4, 4, 4, 12], parts.allSatisfy(hexadecimal) else {
      return nil
    }
    return text
  }

  private static func isHex(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x61...0x66).contains(byte)
  }

  /// The identifying references that are long enough, each once, in byte order.
  static func identifiers(_ references: [String: String], longerThan least: Int) -> [String] {
    let found = identifying.compactMap { reference(references[$0]) }
    return Set(found.filter { $0.utf8.count >= least }).sorted()
  }

  /// A name as it is compared: compatibility form, without case, marks and order of words.
  static func name(_ text: String?) -> String? {
    guard let text else { return nil }
    let folded = text.decomposedStringWithCompatibilityMapping.lowercased()
    var words: [String] = [""]
    for scalar in folded.unicodeScalars {
      switch scalar.properties.generalCategory {
      case .nonspacingMark, .enclosingMark, .spacingMark: continue
      case _ where scalar.properties.isAlphabetic || scalar.properties.numericType != nil:
        words[words.count - 1].unicodeScalars.append(scalar)
      default: if words.last != "" { words.append("") }
      }
    }
    let key = words.filter { !$0.isEmpty }.sorted().joined(separator: " ")
    return key.isEmpty ? nil : key
  }

  /// What a record says became of its movement.
  enum Outcome: Equatable { case executed, open, notExecuted }

  /// By the record's own word. No word means that nothing speaks against execution.
  static func outcome(_ status: String?) -> Outcome {
    guard let status = status?.lowercased(), !status.isEmpty else { return .executed }
    let failed = [
      "cancel", "nak", "nack", "reject", "rjct", "return", "refund", "fail", "declin", "void",
      "canc", "recall", "unpaid", "refus", "revers", "abort", "not paid", "not executed",
    ]
    if failed.contains(where: status.contains) { return .notExecuted }
    let open = ["pend", "pdng", "held", "hold", "await", "queued", "draft", "rcvd", "attempt"]
    return open.contains(where: status.contains) ? .open : .executed
  }
}
