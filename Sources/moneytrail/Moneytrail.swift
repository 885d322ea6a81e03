import ArgumentParser

@main
struct Moneytrail: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "moneytrail", abstract: "Follow the money, from bank records to a confiscation file.")
}
