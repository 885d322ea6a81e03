import CaseModel

/// A profile as the YAML text that `import --profile` takes.
struct ProfileText {
  let profile: MappingProfile
  let header: [String]?
  let sheet: String?

  var text: String {
    var lines = ["name: \(Self.quoted(profile.name))", "version: \(profile.version)"]
    if let text = profile.describes { lines.append("describes: \(Self.quoted(text))") }
    if let text = profile.institution { lines.append("institution: \(Self.quoted(text))") }
    if let sheet { lines.append("sheet: \(Self.quoted(sheet))") }
    if let encoding = profile.encoding { lines.append("encoding: \(encoding.rawValue)") }
    if let delimiter = profile.delimiter {
      let shown = delimiter == 9 ? "tab" : Self.quoted(String(UnicodeScalar(delimiter)))
      lines.append("delimiter: \(shown)")
    }
    if profile.skip > 0 { lines.append("skip: \(profile.skip)") }
    if let header {
      lines.append("header-row:")
      lines += header.map { "  - \(Self.quoted($0))" }
    } else {
      lines.append("header: false")
    }
    lines.append("columns:")
    for role in MappingProfile.Role.allCases {
      if let column = profile.columns[role] { lines.append("  \(role.text): \(name(column))") }
    }
    if !profile.purposes.isEmpty {
      lines.append("  purpose: [\(profile.purposes.map(name).joined(separator: ", "))]")
    }
    lines += amounts
    return lines.joined(separator: "\n") + "\n"
  }

  private var amounts: [String] {
    var lines: [String] = []
    if let currency = profile.currency { lines.append("currency: \(currency.code)") }
    if let decimal = profile.decimal {
      lines.append("decimal: \(Self.quoted(String(Character(decimal))))")
    }
    let signs: [(AmountForm.Signs, String)] = [
      (.leading, "leading"), (.trailing, "trailing"), (.parentheses, "parentheses"),
      (.suffix, "suffix"),
    ]
    if profile.signs != .leading {
      let words = signs.filter { profile.signs.contains($0.0) }.map(\.1)
      lines.append("sign-form: [\(words.joined(separator: ", "))]")
    }
    if !profile.dates.isEmpty {
      let forms = profile.dates.map { Self.quoted($0.pattern) }
      lines.append("date-format: [\(forms.joined(separator: ", "))]")
    }
    if let flag = profile.flag {
      lines.append("flag:")
      lines.append("  column: \(name(flag.column))")
      lines.append("  codes:")
      for code in flag.codes.keys.sorted(by: { $0.utf8.lexicographicallyPrecedes($1.utf8) }) {
        lines.append("    \(Self.quoted(code)): \(flag.codes[code] ?? 0)")
      }
    }
    if let status = profile.status {
      lines.append("status:")
      lines.append("  column: \(name(status.column))")
      lines.append("  codes:" + (status.codes.isEmpty ? " {}" : ""))
      for code in status.codes.keys.sorted(by: { $0.utf8.lexicographicallyPrecedes($1.utf8) }) {
        lines.append("    \(Self.quoted(code)): \(status.codes[code]?.rawValue ?? "")")
      }
    }
    return lines
  }

  /// By name when the name is the column's alone, else by number.
  private func name(_ column: MappingProfile.Column) -> String {
    switch column {
    case .named(let names): return Self.quoted(names.joined(separator: "|"))
    case .index(let index):
      guard let header, header.indices.contains(index), !header[index].isEmpty,
        !header[index].contains("|")
      else { return String(index) }
      let plain = MappingProfile.normalised(header[index])
      let isAlone = header.count { MappingProfile.normalised($0) == plain } == 1
      return isAlone ? Self.quoted(header[index]) : String(index)
    }
  }

  /// A text in double quotes, as YAML and JSON write it.
  static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\t": result += "\\t"
      case "\n": result += "\\n"
      default:
        if scalar.value < 0x20 || scalar.value == 0x7F || scalar.value == 0x85 {
          let hex = String(scalar.value, radix: 16, uppercase: true)
          result += "\\x" + (hex.count < 2 ? "0" : "") + hex
        } else if scalar.value == 0xFEFF || (0x2028...0x2029).contains(scalar.value) {
          result += "\\u" + String(scalar.value, radix: 16, uppercase: true)
        } else {
          result.unicodeScalars.append(scalar)
        }
      }
    }
    return result + "\""
  }
}
