// What one ISO 20022 message has said so far.

/// The headers, the block and the tally of the message being read.
struct MessageState {
  let message: ISOMessage
  let path: String
  /// GrpHdr, or Assgnmt and its neighbours: what holds for all payments.
  var header = XMLElement(name: "header")
  /// GrpHdr as it stands, for its control figures.
  var groupHeader: XMLElement?
  var block = XMLElement(name: "block")
  var group = XMLElement(name: "group")
  var depth = 0
  var tally = ISOTally()
  var records = 0

  init(message: ISOMessage, path: String) {
    self.message = message
    self.path = path
  }

  /// Takes an element of the message itself: the content of its headers, others as they are.
  mutating func take(_ element: XMLElement) {
    switch element.name {
    case "GrpHdr":
      groupHeader = element
      header.children += element.children
    case "Assgnmt", "CxlReqHdr", "StsRptHdr": header.children += element.children
    default: header.children.append(element)
    }
  }
}
