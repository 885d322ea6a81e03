// Recognises SWIFT statement files by their fields.

/// What the head of a file shows of a SWIFT statement.
struct MTSignature {
  /// 0 = no SWIFT statement, 95 = reference, account and balance or line fields.
  let confidence: Int
  /// The message is an MT942: named so by the envelope, or with its fields and no balances.
  let isInterim: Bool

  init(_ head: ArraySlice<UInt8>) {
    var tags: Set<String> = []
    var envelope: String?
    var isFirst = true
    var startsWithTag = false
    for line in head.split(whereSeparator: { $0 == 10 || $0 == 13 }) {
      let text = line.drop { $0 <= 32 }
      guard !text.isEmpty else { continue }
      if let tag = Self.tag(text) {
        tags.insert(tag)
        if isFirst { startsWithTag = true }
      } else if text.first == UInt8(ascii: "{") {
        let plain = String(decoding: text.prefix(200), as: UTF8.self)
        for type in ["940", "942", "950"]
        where plain.contains("{2:I" + type) || plain.contains("{2:O" + type) { envelope = type }
        if let body = plain.firstRange(of: "{4:"),
          let tag = Self.tag(Array(plain[body.upperBound...].utf8)[...])
        {
          tags.insert(tag)
        }
      }
      isFirst = false
    }
    let hasBalance = !tags.isDisjoint(with: ["60F", "60M", "62F", "62M"])
    let hasInterim = !tags.isDisjoint(with: ["34F", "13D", "90C", "90D"]) || tags.contains("942")
    isInterim = envelope == "942" || (envelope == nil && hasInterim && !hasBalance)
    if envelope != nil {
      confidence = 95
    } else if hasBalance || tags.contains("61") || (tags.contains("20") && tags.contains("25")) {
      confidence = tags.contains("20") || tags.contains("25") ? 95 : 80
    } else if hasInterim, tags.contains("20") {
      confidence = 90
    } else if startsWithTag {
      confidence = 60
    } else {
      confidence = 0
    }
  }

  /// The tag of a line when it is one of a statement's.
  private static func tag(_ line: ArraySlice<UInt8>) -> String? {
    guard line.first == UInt8(ascii: ":") else { return nil }
    let name = line.dropFirst().prefix { $0 != UInt8(ascii: ":") && $0 > 32 }
    guard name.count <= 3, name.endIndex < line.endIndex, line[name.endIndex] == UInt8(ascii: ":")
    else { return nil }
    let text = String(decoding: name, as: UTF8.self)
    return MTScanner.tags.contains(text) ? text : nil
  }
}
