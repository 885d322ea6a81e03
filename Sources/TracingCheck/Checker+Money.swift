// Money into and out of an account: the lots, the debts, the colours.

extension Checker {
  /// Money comes in: it first repays debt, the oldest first, and what is left joins the end of the
  /// queue. Source: tracing-examples/1, overdraft.
  mutating func put(
    _ incoming: [Piece], into name: String, contributes: Bool
  ) throws(Refusal) {
    var account = try account(name)
    let pieces = coloured(incoming.filter { $0.amount > 0 }, entering: &account)
    try checkTotal(of: account.currency, with: pieces)
    if contributes { account.contributed += pieces }
    var follow: [(asset: String, piece: Piece)] = []
    var discharged: [Piece] = []
    for piece in pieces {
      var rest = piece
      while rest.amount > 0, !account.debts.isEmpty {
        var repaid = rest
        repaid.amount = min(rest.amount, account.debts[0].amount)
        if let asset = account.debts[0].asset,
          repaid.sourceClass != Checker.borrowed || repaid.isTainted
        {
          follow.append((asset, repaid))
        } else {
          discharged.append(repaid)
        }
        account.debts[0].amount -= repaid.amount
        rest.amount -= repaid.amount
        if account.debts[0].amount == 0 { account.debts.removeFirst() }
      }
      if rest.amount > 0 { account.lots.append(rest) }
    }
    try change(name) { $0 = account }
    for (asset, piece) in follow { try replaceBorrowed(in: asset, by: piece, of: name) }
    try add(discharged, to: "discharged:\(name)", currency: account.currency)
  }

  /// Under `poison` a tainted piece taints the account, and everything in it and after it.
  private func coloured(_ pieces: [Piece], entering account: inout Account) -> [Piece] {
    guard ledger.method == .poison else { return pieces }
    if pieces.contains(where: \.isTainted) {
      account.isPoisoned = true
      for index in account.lots.indices { account.lots[index].isTainted = true }
    }
    guard account.isPoisoned else { return pieces }
    return pieces.map { Piece(sourceClass: $0.sourceClass, isTainted: true, amount: $0.amount) }
  }

  /// Repayment of a coordinated debt replaces what was borrowed in the asset it bought; what the
  /// asset no longer holds of it is an ordinary repayment, and so is repaying debt with debt.
  private mutating func replaceBorrowed(
    in asset: String, by piece: Piece, of name: String
  ) throws(Refusal) {
    let currency = try account(name).currency
    let wanted = Piece(sourceClass: Checker.borrowed, isTainted: false, amount: piece.amount)
    let gone = remove(wanted, from: asset, currency: currency).reduce(Units(0)) { $0 + $1.amount }
    var inside = piece
    inside.amount = gone
    if gone > 0 { try add([inside], to: asset, currency: currency) }
    inside.amount = piece.amount - gone
    if inside.amount > 0 { try add([inside], to: "discharged:\(name)", currency: currency) }
  }

  /// Money goes out, by the method; what the lots do not cover becomes debt and leaves as `BORROWED`.
  mutating func draw(
    _ amount: Units, from name: String, towardsAsset: Bool, debtFor asset: String?
  ) throws(Refusal) -> [Piece] {
    var account = try account(name)
    let covered = min(amount, account.held)
    var pieces =
      ledger.method.isProportional
      ? try proportional(covered, of: &account) : ordered(covered, of: &account, towardsAsset)
    account.lots.removeAll { $0.amount == 0 }
    pieces =
      pieces.filter { $0.sourceClass != Checker.borrowed }
      + pieces.filter { $0.sourceClass == Checker.borrowed }
    if amount > covered {
      account.debts.append(Debt(amount: amount - covered, asset: asset))
      pieces.append(
        Piece(sourceClass: Checker.borrowed, isTainted: false, amount: amount - covered))
    }
    try change(name) { $0 = account }
    try checkTotal(of: account.currency, with: pieces)
    return pieces
  }

  private func ordered(
    _ amount: Units, of account: inout Account, _ towardsAsset: Bool
  ) -> [Piece] {
    let all = Array(account.lots.indices)
    let tainted = all.filter { account.lots[$0].isTainted }
    let clean = all.filter { !account.lots[$0].isTainted }
    let order: [Int] =
      switch ledger.method {
      case .lifo: all.reversed()
      case .proceedsFirst: tainted + clean
      case .proceedsLast, .libr: clean + tainted
      case .oatway: towardsAsset ? tainted + clean : clean + tainted
      default: all
      }
    var left = amount
    var pieces: [Piece] = []
    for index in order where left > 0 {
      var piece = account.lots[index]
      piece.amount = min(piece.amount, left)
      pieces.append(piece)
      account.lots[index].amount -= piece.amount
      left -= piece.amount
    }
    return pieces
  }

  private func proportional(
    _ amount: Units, of account: inout Account
  ) throws(Refusal) -> [Piece] {
    var pieces = byClass(account.lots)
    let parts = try share(amount, over: pieces.map(\.amount))
    for index in pieces.indices {
      pieces[index].amount = parts[index]
      var left = parts[index]
      for number in account.lots.indices
      where account.lots[number].sourceClass == pieces[index].sourceClass {
        let part = min(left, account.lots[number].amount)
        account.lots[number].amount -= part
        left -= part
      }
    }
    return pieces.filter { $0.amount > 0 }
  }
}
