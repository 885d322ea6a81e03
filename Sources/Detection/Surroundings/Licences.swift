import CaseModel

/// Whether the bodies behind accounts had leave to do their business, for the cautions checked.
enum Licences {
  /// - Parameter days: the days of the pattern; a licence must hold on each.
  static func words(
    of accounts: [Int32], on days: [CivilDate], _ around: Surroundings
  ) -> [String] {
    var seen: Set<PartyCode> = []
    return accounts.compactMap { account in
      guard let body = around.body(of: account), seen.insert(body.code).inserted else { return nil }
      guard let licence = body.licence else { return "no licence of \(body.code) is stated" }
      let outside = days.count { !licence.holds(on: $0) }
      let name = "licence of \(body.code) in the \(licence.register)"
      return outside == 0
        ? "\(name): held on each of these days"
        : "\(name): not held on \(outside) of \(days.count) of these days"
    }
  }
}
