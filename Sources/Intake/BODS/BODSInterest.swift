import CaseModel

/// One interest of a relationship: what kind, how much, from when until when.
struct BODSInterest {
  /// A share in percent: an exact number, or a range whose ends belong to it or not. Never a middle.
  struct Share {
    var exact: String?
    var minimum: String?
    var maximum: String?
    var exclusiveMinimum: String?
    var exclusiveMaximum: String?

    /// `60`, `[25, 50)`, `(75, 100]`, `[25, ]`.
    var text: String? {
      if let exact { return exact }
      let low = exclusiveMinimum ?? minimum
      let high = exclusiveMaximum ?? maximum
      guard low != nil || high != nil else { return nil }
      return (exclusiveMinimum == nil ? "[" : "(") + (low ?? "") + ", " + (high ?? "")
        + (exclusiveMaximum == nil ? "]" : ")")
    }

    /// What is certainly held, in percent.
    var atLeast: String? { exact ?? minimum ?? exclusiveMinimum }
    var all: [String] {
      [exact, minimum, maximum, exclusiveMinimum, exclusiveMaximum].compactMap { $0 }
    }
  }

  let type: String?
  let share: Share?
  let startText: String?
  let endText: String?
  let isIndirect: Bool

  init(_ value: JSONValue) {
    type = value["type"]?.scalar
    startText = value["startDate"]?.scalar
    endText = value["endDate"]?.scalar
    isIndirect = value["directOrIndirect"]?.string == "indirect"
    share = value["share"].flatMap { share in
      guard share.members != nil else { return nil }
      func number(_ name: String) -> String? { share[name]?.scalar }
      return Share(
        exact: number("exact"), minimum: number("minimum"), maximum: number("maximum"),
        exclusiveMinimum: number("exclusiveMinimum"), exclusiveMaximum: number("exclusiveMaximum"))
    }
  }

  /// Rights in or over a body. Source: BODS 0.4, codelist interestType.
  private static let owning: Set<String> = [
    "shareholding", "votingRights", "appointmentOfBoard", "otherInfluenceOrControl",
    "rightsToSurplusAssetsOnDissolution", "rightsToProfitOrIncome", "rightsGrantedByContract",
    "conditionalRightsGrantedByContract", "controlViaCompanyRulesOrArticles",
    "controlByLegalFramework", "enjoymentAndUseOfAssets", "rightToProfitOrIncomeFromAssets",
  ]
  private static let directing: Set<String> = [
    "boardMember", "boardChair", "seniorManagingOfficial",
  ]

  /// Which relation the interests make, and what its ends are called: a right to own or control goes
  /// before an office, an office before everything else (the parts of a trust, unknown interests).
  static func form(of interests: [BODSInterest]) -> (
    schema: String, party: String, subject: String
  ) {
    let types = interests.compactMap(\.type)
    if types.contains(where: owning.contains) { return ("Ownership", "owner", "asset") }
    if types.contains(where: directing.contains) {
      return ("Directorship", "director", "organization")
    }
    return ("UnknownLink", "subject", "object")
  }
}
