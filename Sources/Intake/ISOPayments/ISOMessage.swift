// The ISO 20022 messages about payments that are read, and how each is laid out.

import CaseModel

/// A message by its identifier; the version is whatever the namespace says.
///
/// Source: ISO 20022 message definition reports "Payments Initiation", "Payments Clearing and
/// Settlement" and "Exceptions and Investigations"; formats.md §5.2.
enum ISOMessage: String, CaseIterable {
  case interbankStatus = "pacs.002"
  case interbankDebit = "pacs.003"
  case paymentReturn = "pacs.004"
  case interbankReversal = "pacs.007"
  case customerTransfer = "pacs.008"
  case institutionTransfer = "pacs.009"
  case institutionDebit = "pacs.010"
  case statusRequest = "pacs.028"
  case transferOrder = "pain.001"
  case orderStatus = "pain.002"
  case orderReversal = "pain.007"
  case debitOrder = "pain.008"
  case resolution = "camt.029"
  case customerCancellation = "camt.055"
  case cancellation = "camt.056"

  /// Elements that hold the message inside `Document`. Early versions use the identifier itself.
  var containers: [String] {
    switch self {
    case .interbankStatus: ["FIToFIPmtStsRpt"]
    case .interbankDebit: ["FIToFICstmrDrctDbt"]
    case .paymentReturn: ["PmtRtr"]
    case .interbankReversal: ["FIToFIPmtRvsl"]
    case .customerTransfer: ["FIToFICstmrCdtTrf"]
    case .institutionTransfer: ["FICdtTrf", "FinInstnCdtTrf"]
    case .institutionDebit: ["FIDrctDbt"]
    case .statusRequest: ["FIToFIPmtStsReq"]
    case .transferOrder: ["CstmrCdtTrfInitn"]
    case .orderStatus: ["CstmrPmtStsRpt"]
    case .orderReversal: ["CstmrPmtRvsl"]
    case .debitOrder: ["CstmrDrctDbtInitn"]
    case .resolution: ["RsltnOfInvstgtn"]
    case .customerCancellation: ["CstmrPmtCxlReq"]
    case .cancellation: ["FIToFIPmtCxlReq"]
    }
  }

  private static let byContainer: [String: ISOMessage] = {
    var table: [String: ISOMessage] = [:]
    for message in allCases { for name in message.containers { table[name] = message } }
    return table
  }()

  /// The message whose container the element is; nil for every other element.
  init?(element name: String) {
    if let message = Self.byContainer[name] {
      self = message
      return
    }
    guard name.contains(".001."),
      let found = Self.allCases.first(where: { name.hasPrefix($0.rawValue + ".") })
    else { return nil }
    self = found
  }

  /// The elements that each describe one payment.
  var items: Set<String> {
    switch self {
    case .customerTransfer, .institutionTransfer, .transferOrder: ["CdtTrfTxInf"]
    case .interbankDebit, .institutionDebit, .debitOrder: ["DrctDbtTxInf"]
    default: ["TxInf", "TxInfAndSts"]
    }
  }

  /// True for messages that order or carry payments; the others speak of payments made before.
  var movesMoney: Bool {
    switch self {
    case .customerTransfer, .institutionTransfer, .transferOrder, .interbankDebit,
      .institutionDebit, .debitOrder:
      true
    default: false
    }
  }

  /// What a message of this kind says of the payments it names, when it states no status itself.
  var meaning: String? {
    switch self {
    case .paymentReturn: "returned"
    case .interbankReversal, .orderReversal: "reversed"
    case .customerCancellation, .cancellation: "cancellation-requested"
    case .statusRequest: "status-requested"
    default: nil
    }
  }

  /// Elements that hold payments and what is common to them.
  static let blocks: Set<String> = [
    "PmtInf", "CdtInstr", "OrgnlPmtInfAndSts", "OrgnlPmtInfAndRvsl", "OrgnlPmtInfAndCxl", "Undrlyg",
    "CxlDtls",
  ]
  /// Elements that say something of a whole message sent before.
  static let groups: Set<String> = [
    "OrgnlGrpInfAndSts", "OrgnlGrpInfAndCxl", "OrgnlGrpInfAndRvsl", "OrgnlGrpInf",
  ]

  /// 95 when the first tags of a file open this message before any other.
  func confidence(_ head: ArraySlice<UInt8>) -> Int {
    let tags = XMLHead(head)
    guard tags.isXML else { return 0 }
    for name in tags.names {
      if let message = ISOMessage(element: name) { return message == self ? 95 : 0 }
    }
    return 0
  }
}
