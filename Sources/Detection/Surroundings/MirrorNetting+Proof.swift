import CaseModel
import TrailGraph

extension MirrorNetting {
  func proof(
    _ matches: ArraySlice<Match>, most: Int, _ sides: Sides, _ around: Surroundings
  ) -> Proof {
    let trail = around.trail
    let days = matches.map { trail.day($0.receipt) }
    let (first, last) = (days.min(), days.max())
    func isInside(_ edge: Int) -> Bool {
      first.map { trail.day(edge) >= $0 } ?? false
        && last.map { trail.day(edge) <= $0.adding(days: windowDays) } ?? false
    }
    let settlements = (sides.across + sides.back).filter(isInside).sorted(by: trail.isEarlier)
    let distance = around.place(of: sides.p).flatMap { p in
      around.place(of: sides.q).map { p.metres(to: $0) / 1_000 }
    }
    let table = matches.prefix(Self.matchesShown).map { match -> Finding.Measure in
      .plain(
        "taken in \(trail.day(match.receipt)): \(trail.money(match.receipt))",
        "paid out \(trail.day(match.payout)): \(trail.money(match.payout))",
        limit: "within \(Statistic.percent(toleranceBasisPoints)) and \(withinDays) days")
    }
    let settled = settlements.map { "\(trail.day($0)) \(trail.money($0))" }
    let words = link(sides.p, sides.q, matches.first?.receipt, around)
    return Proof(
      edges: matches.flatMap { [$0.receipt, $0.payout] } + settlements,
      roles: around.accounts(of: sides.p.code).map { ($0, "takes in") }
        + around.accounts(of: sides.q.code).map { ($0, "pays out") },
      sentence:
        "\(matches.count) receipts of \(sides.p.code) match payouts of \(sides.q.code) elsewhere, from "
        + "\(first?.description ?? "") to \(last?.description ?? ""), with no transfer for any of them.",
      measures: [.atLeast("days with a match in \(windowDays) days", most, matchDaysMin)] + table,
      cautionsChecked: [
        distance.map { "the two places are \($0) km apart" } ?? "", words,
        settled.isEmpty
          ? "no settlement between the two in these records"
          : "settlements between the two: " + settled.joined(separator: ", "),
      ].filter { !$0.isEmpty }
        + Licences.words(
          of: around.accounts(of: sides.p.code) + around.accounts(of: sides.q.code),
          on: Set(days).sorted(), around),
      cautionsNotChecked: [
        "whether this business is lawful where it was done, with or without a licence",
        "whether the amounts are alike by chance, such as fixed prices",
      ],
      truncation: matches.count > Self.matchesShown
        ? "\(matches.count - Self.matchesShown) further matches are not listed" : nil)
  }

  private func link(_ p: Body, _ q: Body, _ edge: Int?, _ around: Surroundings) -> String {
    guard let edge else { return "" }
    let day = around.trail.day(edge)
    if let tie = around.tie(p.code, q.code, on: day) {
      return "the two are linked by a stated tie: \(tie.kind.rawValue)"
    }
    let common = around.controllers(of: p.code, on: day)
      .intersection(around.controllers(of: q.code, on: day))
    return common.min().map { "the two are directed by one party: \($0)" } ?? ""
  }

  private static let matchesShown = 40
}
