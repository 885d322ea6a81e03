public import CaseModel
import TrailGraph

/// One's own money comes home as a loan.
///
/// Definition: typologies.md ST-16. Funds leave A to an offshore or related body O; within 180 days a loan or a
/// capital injection of 80 to 120 % returns to A or its owner from an entity with shared control or no other
/// lending; repayments are absent or circular.
///
/// Departures: a loan is a transfer whose channel says so or that the sheet states. The funds that left
/// are the latest payments to such bodies that together come into the band. Repayments are absent when what
/// was paid back within 365 days, less what came again from the same side, is at most a tenth of the loan.
/// The band has no margin, so the number of loans of one lender to one side tells the strength.
///
/// - Complexity: O(*l* · *p*) in the loans and the payments of the borrower's side in 180 days.
public struct LoanBack: Detector {
  public static let innocentExplanations = [
    "A group finances its companies, with contracts and repayments.",
    "A shareholder puts in savings that were first moved abroad.",
    "A bank lends against a deposit the borrower keeps with it.",
  ]
  public let id = "ST-16"
  public let version = 1
  public let kind = "loan_back"
  public let title = "Own money that returns as a loan"

  public var windowDays = 180
  public var shareMinBasisPoints = 8_000
  public var shareMaxBasisPoints = 12_000
  public var repaidDays = 365  // default: a loan of a year without payments is none
  public var repaidMaxBasisPoints = 1_000  // default: token payments count as absent

  public init() {}

  public var parameters: [Finding.Measure] {
    [
      .parameter("returns within", "\(windowDays) days"),
      .parameter(
        "loan ÷ funds that left",
        Statistic.percent(shareMinBasisPoints) + " to " + Statistic.percent(shareMaxBasisPoints)),
      .parameter(
        "most repaid in \(repaidDays) days", Statistic.percent(repaidMaxBasisPoints)),
    ]
  }

  private struct Loan {
    let edge: Int
    let lender: PartyCode
    let borrower: PartyCode
    let isStated: Bool
  }

  private struct Return {
    let loan: Loan
    let funds: [Int]
    let shareBasisPoints: Int
    let repaidBasisPoints: Int
    let ground: String
  }

  public func findings(in scene: Scene) -> DetectionResult {
    guard let around = Surroundings(scene) else { return lacking("ties and loans") }
    guard !around.facts.bodies.isEmpty else { return lacking("bodies") }
    guard around.facts.ties.contains(where: { $0.kind.isControl }) else {
      return lacking("ties of control")
    }
    let loans = loans(around)
    guard !loans.isEmpty else {
      return DetectionResult(
        detector: id,
        notApplicable: "no loan is recorded as such or stated between known parties")
    }
    let amounts = ComparableAmounts(scene.trail, scene.context)
    let lendings = Dictionary(grouping: loans, by: \.lender)
    var groups: [String: [Return]] = [:]
    for loan in loans {
      let others = (lendings[loan.lender] ?? []).contains { $0.borrower != loan.borrower }
      guard let found = look(at: loan, lendsToOthers: others, amounts, around) else { continue }
      groups["\(loan.lender) \(loan.borrower)", default: []].append(found)
    }
    let proofs = groups.keys.sorted().map { proof(groups[$0] ?? [], around) }
    return result(proofs.compactMap { $0 }, in: scene)
  }

  private func loans(_ around: Surroundings) -> [Loan] {
    let trail = around.trail
    var found: [Int: Loan] = [:]
    let stated = around.transfers(of: around.facts.loans.map(\.movement))
    for (item, edge) in zip(around.facts.loans, stated) {
      guard let edge, let borrower = around.party(of: trail.destination[edge]) else { continue }
      found[edge] = Loan(edge: edge, lender: item.lender, borrower: borrower, isStated: true)
    }
    for edge in 0..<trail.edgeCount where found[edge] == nil && trail.channel(edge) == .loanOut {
      guard let lender = around.party(of: trail.source[edge]),
        let borrower = around.party(of: trail.destination[edge])
      else { continue }
      found[edge] = Loan(edge: edge, lender: lender, borrower: borrower, isStated: false)
    }
    return found.values.filter { $0.lender != $0.borrower }.sorted {
      (trail.time[$0.edge], $0.edge) < (trail.time[$1.edge], $1.edge)
    }
  }

  private func look(
    at loan: Loan, lendsToOthers: Bool, _ amounts: ComparableAmounts, _ around: Surroundings
  ) -> Return? {
    let trail = around.trail
    let day = trail.day(loan.edge)
    let own = around.controllers(of: loan.borrower, on: day)
    let lenders = around.controllers(of: loan.lender, on: day)
    let isShared = !own.isDisjoint(with: lenders)
    guard isShared || !lendsToOthers, !own.contains(loan.lender) else { return nil }
    // The loan comes to A or to its owner, so A is the borrower or a body that the borrower directs.
    let mine = around.bodies.values.filter {
      $0.code != loan.lender && !$0.isOffshore
        && around.controllers(of: $0.code, on: day).contains(loan.borrower)
    }.map(\.code)
    func isTarget(_ edge: Int) -> Bool {
      guard let body = around.body(of: trail.destination[edge]), body.code != loan.borrower,
        body.code != around.party(of: trail.source[edge])
      else { return false }
      if body.isOffshore || body.code == loan.lender { return true }
      let above = around.controllers(of: body.code, on: day)
      return !above.isDisjoint(with: own) || !above.isDisjoint(with: lenders)
    }
    let accounts = Set(mine + [loan.borrower]).flatMap { around.accounts(of: $0) }.sorted()
    let end = trail.time[loan.edge] - 1
    let start = Int64((day.adding(days: 0 - windowDays)).dayNumber) * 86_400
    let left = accounts.flatMap { trail.outgoing(of: $0, from: start, through: end) }
      .filter(isTarget)
      .sorted { (trail.time[$0], $0) > (trail.time[$1], $1) }
    guard let (funds, share) = funds(left, for: loan.edge, amounts) else { return nil }
    let targets = Set(left.compactMap { around.party(of: trail.destination[$0]) })
    let repaid = repaid(loan, accounts, targets.union([loan.lender]), amounts, around)
    guard repaid <= repaidMaxBasisPoints else { return nil }
    return Return(
      loan: loan, funds: funds, shareBasisPoints: share, repaidBasisPoints: repaid,
      ground: isShared
        ? "lender and borrower are under shared control: "
          + own.intersection(lenders).sorted().map(\.text).joined(separator: ", ")
        : "the lender lends to nobody else in these records")
  }

  /// The latest payments that together make the loan such a share of them.
  private func funds(
    _ left: [Int], for loan: Int, _ amounts: ComparableAmounts
  ) -> (edges: [Int], share: Int)? {
    let wanted = amounts.amount(loan)
    var sum: Int128 = 0
    var edges: [Int] = []
    for edge in left {
      let money = amounts.amount(edge)
      guard money.currency == wanted.currency else { continue }
      sum += Int128(money.minorUnits)
      edges.append(edge)
      let part = Int128(wanted.minorUnits) * 10_000
      if part >= sum * Int128(shareMinBasisPoints), part <= sum * Int128(shareMaxBasisPoints) {
        return (edges.reversed(), Statistic.basisPoints(Int128(wanted.minorUnits), of: sum))
      }
    }
    return nil
  }

  /// What was paid back less what came again, as a share of the loan.
  private func repaid(
    _ loan: Loan, _ accounts: [Int32], _ lenders: Set<PartyCode>, _ amounts: ComparableAmounts,
    _ around: Surroundings
  ) -> Int {
    let trail = around.trail
    let wanted = amounts.amount(loan.edge)
    let start = trail.time[loan.edge] + 1
    let end = trail.time[loan.edge] + Int64(repaidDays) * 86_400
    var sum: Int128 = 0
    for account in accounts {
      for edge in trail.outgoing(of: account, from: start, through: end) {
        let money = amounts.amount(edge)
        guard money.currency == wanted.currency,
          around.party(of: trail.destination[edge]) == loan.lender
        else { continue }
        sum += Int128(money.minorUnits)
      }
      for number in trail.incoming(of: account, from: start, through: end) {
        let edge = Int(number)
        let money = amounts.amount(edge)
        guard money.currency == wanted.currency,
          around.party(of: trail.source[edge]).map(lenders.contains) ?? false
        else { continue }
        sum -= Int128(money.minorUnits)
      }
    }
    return Statistic.basisPoints(max(0, sum), of: Int128(wanted.minorUnits))
  }

  private func proof(_ returns: [Return], _ around: Surroundings) -> Proof? {
    guard let first = returns.first else { return nil }
    let trail = around.trail
    var seen: Set<Int> = []
    let edges = returns.flatMap { $0.funds + [$0.loan.edge] }.filter { seen.insert($0).inserted }
    var named: Set<Int32> = []
    func role(_ account: Int32, _ part: String) -> [(account: Int32, part: String)] {
      account >= 0 && named.insert(account).inserted ? [(account, part)] : []
    }
    var roles = role(trail.destination[first.loan.edge], "borrower")
    for item in returns {
      roles += role(trail.source[item.loan.edge], "lender")
      for edge in item.funds {
        roles += role(trail.source[edge], "payer") + role(trail.destination[edge], "receiver")
      }
    }
    let last = edges.map { trail.time[$0] }.max() ?? 0
    let recordsEnd = (0..<trail.edgeCount).map { trail.time[$0] }.max() ?? last
    let sum = trail.money(first.loan.edge)
    let isShort = recordsEnd - trail.time[first.loan.edge] < Int64(repaidDays) * 86_400
    return Proof(
      edges: edges, roles: roles,
      sentence:
        "\(returns.count == 1 ? "A loan" : "\(returns.count) loans, the first") of \(sum) on "
        + "\(trail.day(first.loan.edge)) came from \(first.loan.lender) to \(first.loan.borrower): "
        + "\(Statistic.percent(first.shareBasisPoints)) of what the same side had paid to related or "
        + "offshore bodies within the \(windowDays) days before.",
      measures: [.atLeast("loans that returned", returns.count, 1)]
        + returns.flatMap { item -> [Finding.Measure] in
          [
            .plain(
              "loan of \(trail.day(item.loan.edge)) ÷ funds that left",
              Statistic.percent(item.shareBasisPoints),
              limit: Statistic.percent(shareMinBasisPoints) + " to "
                + Statistic.percent(shareMaxBasisPoints)),
            .plain(
              "repaid in \(repaidDays) days, net", Statistic.percent(item.repaidBasisPoints),
              limit: "at most \(Statistic.percent(repaidMaxBasisPoints))"),
          ]
        },
      cautionsChecked: returns.map {
        $0.ground + ($0.loan.isStated ? "; the sheet states the loan" : "; recorded as a loan")
      },
      cautionsNotChecked: [
        "whether a contract, interest and a plan of repayment exist: no agreement was read"
      ]
        + (isShort
          ? ["whether it was repaid later: the records end on \(Trail.day(of: recordsEnd))"] : []))
  }
}
