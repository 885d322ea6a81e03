import CaseModel

/// What a mapping profile states about a QIF file.
struct QIFProfile {
  let settings: MappingProfile?
  let account: String?
  /// The places of day, month and year among the three numbers of a day.
  let order: (day: Int, month: Int, year: Int)?

  /// - Throws: `FileRefusal` (`E-PROFILE`) for a text that is no profile.
  init(_ desk: ReadingDesk) throws {
    guard let text = desk.options.profile else {
      (settings, account, order) = (nil, nil, nil)
      return
    }
    do { settings = try MappingProfile(text: text) } catch {
      throw desk.refusal("E-PROFILE", .line(1), error.reason, "a mapping profile")
    }
    if case .constant(let name)? = settings?.account { account = name } else { account = nil }
    order = settings?.dates.first.flatMap(Self.order)
  }

  /// Refuses a file that cannot be read without being asked about, and names what is missing.
  func check(_ survey: QIFSurvey, _ desk: ReadingDesk) throws {
    var issues: [Issue] = []
    if !survey.hasHeader {
      issues.append(
        desk.issue(
          .error, "E-HEADER", .line(survey.firstLine), "no line !Type: or !Account",
          "the kind of the records, such as !Type:Bank; ask for the whole file"))
    } else {
      if order == nil, let line = survey.ambiguous {
        issues.append(
          desk.issue(
            .error, "E-DATE-AMBIGUOUS", .line(line.number),
            "a day that can be read with the day or the month first",
            "a profile with date-format: dd/MM/yyyy or MM/dd/yyyy", raw: line.text))
      }
      var missing: [String] = []
      if account == nil { missing.append("account") }
      if settings?.currency == nil { missing.append("currency") }
      if order == nil, survey.hasOrderedDays { missing.append("date-format") }
      if !missing.isEmpty {
        issues.append(
          desk.issue(
            .error, "E-PROFILE", .line(survey.firstLine),
            "QIF states no account, no currency and no order of day and month; missing: "
              + missing.joined(separator: ", "),
            "a mapping profile with these settings"))
      }
    }
    guard issues.isEmpty else { throw FileRefusal(issues) }
  }

  /// Every account of the file: the profile's own, or when the file names several, each under it.
  func account(named name: String?, of survey: QIFSurvey) -> (text: String, key: AccountKey) {
    let text = account ?? ""
    let key = AccountNumber.key(
      text, scheme: settings?.accountScheme, institution: settings?.institution)
    guard let name, survey.accounts.count > 1 else { return (text, key) }
    return ("\(text) \(name)", AccountKey("\(key.text)/\(AccountNumber.normalisedName(name))"))
  }

  private static func order(_ form: DateForm) -> (day: Int, month: Int, year: Int)? {
    let names = form.parts.compactMap { part -> Int? in
      switch part {
      case .day: 0
      case .month, .monthName: 1
      case .year2, .year4: 2
      default: nil
      }
    }
    guard let day = names.firstIndex(of: 0), let month = names.firstIndex(of: 1),
      let year = names.firstIndex(of: 2)
    else { return nil }
    return (day, month, year)
  }
}
