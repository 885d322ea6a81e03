import CaseModel
import Yams

/// The decimals of money and crypto assets by the name a ledger uses.
///
/// ISO 4217 goes first; then the embedded table, which cites a source for each asset.
enum AssetTable {
  /// Nil when neither knows the name: its decimals are then not known, and its amounts stay text.
  static func currency(_ name: String) -> Currency? {
    let upper = name.uppercased()
    if let money = Currency(iso: upper) { return money }
    let code = tokens[name.lowercased()] ?? upper
    return exponents[code].map { Currency(asset: code, exponent: $0) }
  }

  private static var root: Node? {
    IntakeFiles.all
      .first { $0.folder == "Records" && $0.name == "asset-exponents.yaml" }
      .flatMap { try? Yams.compose(yaml: $0.text) }
  }

  static let exponents: [String: Int] = {
    var table: [String: Int] = [:]
    for (name, value) in root?["assets"]?.mapping ?? Node.Mapping([]) {
      guard let name = name.string, let exponent = value["exponent"]?.int,
        (0...18).contains(exponent), value["source"]?.string != nil
      else { continue }
      table[name] = exponent
    }
    return table
  }()

  private static let tokens: [String: String] = {
    var table: [String: String] = [:]
    for (token, name) in root?["tokens"]?.mapping ?? Node.Mapping([]) {
      guard let token = token.string, let name = name.string else { continue }
      table[token] = name
    }
    return table
  }()
}
