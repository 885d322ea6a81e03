// Recognises camt messages by namespace and element names.

/// What the head of a file shows of an ISO 20022 account message.
struct CamtSignature {
  /// True when the file begins like XML.
  let isXML: Bool
  /// The message, when namespace or element names tell it.
  let message: CamtMessage?

  init(_ head: ArraySlice<UInt8>) {
    let start = head.first { $0 > 32 && $0 != 0xEF && $0 != 0xBB && $0 != 0xBF }
    isXML = start == UInt8(ascii: "<")
    guard isXML else {
      message = nil
      return
    }
    let text = String(decoding: head.filter { $0 != 0 }, as: UTF8.self)
    message =
      CamtMessage.allCases.first {
        text.contains("<" + $0.rawValue) || text.contains(":" + $0.rawValue)
      }
      ?? CamtMessage.allCases.first { text.contains("xsd:" + $0.format + ".") }
  }

  /// Certain for the message itself; some for XML of no known kind, so that damaged or hostile XML is
  /// refused as XML and not read as rows and columns.
  func confidence(for asked: CamtMessage) -> Int {
    if message == asked { return 95 }
    return isXML && message == nil && asked == .statement ? 20 : 0
  }
}
