// Words for the path of money, each found once.

/// What the path calls accounts, places and receipts, as numbers of `Provenance`; found at first use,
/// and only while the path is recorded.
struct LabelTable {
  var ofAccount: [Int32] = []
  var ofPlace: [Int32] = []
  var ofReceipt: [Int32] = []

  init(_ numbered: NumberedLedger, isRecording: Bool) {
    guard isRecording else { return }
    ofAccount = Array(repeating: -1, count: numbered.ledger.accounts.count)
    ofPlace = Array(repeating: -1, count: numbered.places.keys.count)
    ofReceipt = Array(repeating: -1, count: numbered.ledger.classes.count)
  }
}

extension TracingEngine {
  /// The words for anything, put together only when the path is recorded.
  mutating func label(_ text: @autoclosure () -> String) -> Int32 {
    provenance.isRecording ? provenance.label(text()) : -1
  }

  mutating func label(ofAccount account: Int) -> Int32 {
    guard provenance.isRecording else { return -1 }
    if labels.ofAccount[account] < 0 {
      labels.ofAccount[account] = provenance.label(accounts[account].name)
    }
    return labels.ofAccount[account]
  }

  mutating func label(ofReceipt sourceClass: Int32) -> Int32 {
    guard provenance.isRecording else { return -1 }
    if labels.ofReceipt[Int(sourceClass)] < 0 {
      labels.ofReceipt[Int(sourceClass)] = provenance.label(
        "received as \(classes.codes[Int(sourceClass)].text)")
    }
    return labels.ofReceipt[Int(sourceClass)]
  }

  /// A place as the destination of a payment.
  mutating func label(ofPlace place: Int32) -> Int32 {
    guard provenance.isRecording else { return -1 }
    if labels.ofPlace[Int(place)] < 0 {
      let text =
        switch numbered.places.keys[Int(place)] {
        case .asset(let name, _): "asset \(name)"
        case .transit: "transfer under way"
        case .dissipated: "spent"
        case .discharged(let account): "repaid debt of \(accounts[account].name)"
        case .outside(let name, _): name
        case .untraced(let account, _): "\(accounts[account].name), arrival not in the records"
        }
      labels.ofPlace[Int(place)] = provenance.label(text)
    }
    return labels.ofPlace[Int(place)]
  }
}
