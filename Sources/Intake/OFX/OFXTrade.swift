import CaseModel

extension OFXReader {
  /// An investment transaction as a record of its own: it says what moved between cash and securities,
  /// and is no booked line of a cash account.
  func trade(_ node: Node, _ place: Locator) throws {
    var leaves: [(path: String, text: String)] = []
    Self.collect(node, "", into: &leaves)
    let currency =
      leaves.first { $0.path.hasSuffix("CURRENCY/CURSYM") }
      .flatMap { Currency(iso: $0.text.uppercased()) } ?? statement?.declared
    func first(_ name: String) -> String? {
      leaves.first { $0.path == name || $0.path.hasSuffix("/" + name) }?.text
    }
    var record = PaymentRecord(
      locator: place, byteOffset: node.offset, kind: .info,
      recordType: "ofx." + node.name.lowercased(), amounts: [])
    for (name, role) in [
      ("TOTAL", StatedAmount.Role.settled), ("COMMISSION", .fee), ("FEES", .fee), ("TAXES", .tax),
    ] {
      guard let text = first(name), let currency else { continue }
      if let amount = try? OFXAmount(text, currency) {
        if amount.money.minorUnits != 0 || role == .settled {
          record.amounts.append(StatedAmount(role, amount.money))
        }
      } else if role == .settled {
        try desk.warn(
          "W-AMOUNT-PRECISION", place, "a total that \(currency.code) cannot hold",
          "at most \(currency.exponent) decimals; it is kept as text")
      }
    }
    if let units = units(first("UNITS"), first("UNIQUEID")) { record.amounts.append(units) }
    record.executedOn = first("DTTRADE").flatMap { try? OFXDay($0).date }
    record.valueOn = first("DTSETTLE").flatMap { try? OFXDay($0).date }
    record.timeOfDay = first("DTTRADE").flatMap { try? OFXDay($0).timeOfDay }
    record.purpose = first("MEMO")
    if let identifier = first("FITID") { record.references["transaction"] = identifier }
    record.parties = [statement?.holder].compactMap(\.self)
    for leaf in leaves { record.details[leaf.path] = leaf.text }
    try desk.store(record)
  }

  /// Units of a security, when their digits fit a 64-bit count; the text stays in the details.
  private func units(_ text: String?, _ security: String?) -> StatedAmount? {
    guard let text, let security else { return nil }
    let decimals = text.split(separator: ".", maxSplits: 1).dropFirst().first?.count ?? 0
    guard decimals <= 18,
      let amount = try? OFXAmount(text, Currency(asset: security, exponent: decimals))
    else { return nil }
    return StatedAmount(.equivalent, amount.money)
  }

  private static func collect(
    _ node: Node, _ prefix: String, into leaves: inout [(path: String, text: String)]
  ) {
    for child in node.children {
      let path = prefix.isEmpty ? child.name : prefix + "/" + child.name
      let text = child.text.trimmed
      if child.children.isEmpty {
        if !text.isEmpty { leaves.append((path, text)) }
      } else {
        collect(child, path, into: &leaves)
      }
    }
  }
}

extension OFXStatement {
  /// The currency of the statement, if it states one.
  var declared: Currency? { header.currency }

  /// The account as a party of a record.
  var holder: PaymentParty? {
    guard !header.accountText.isEmpty else { return nil }
    return PaymentParty(
      .other, accountText: header.accountText, accountKey: header.accountKey,
      institution: header.institution)
  }
}
