// A row type's columns: what selects, reads and writes its rows agrees, whatever their order.
#include "db/columns.h"

#include <gtest/gtest.h>

#include <vector>

namespace rolecall {
namespace {

enum class Size { kSmall, kLarge };
Size SizeOf(std::string_view text) { return text == "large" ? Size::kLarge : Size::kSmall; }

struct Dish {
  std::int64_t id = 0;
  std::string title;
  bool is_hot = false;
  std::optional<int> price;
  Timestamp made_at;
  Size size = Size::kSmall;
};

constexpr Columns kDish(Column("d.title", &Dish::title), Column("d.price > 5", &Dish::is_hot),
                        Column("d.price", &Dish::price), Column("d.made_at", &Dish::made_at),
                        Column("d.size", &Dish::size, SizeOf), Column("d.id", &Dish::id));
constexpr auto kSelectDishes = SqlOf<kDish>("SELECT {columns} FROM dishes d ORDER BY d.id");

struct NewDish {
  std::int64_t id;
  std::string_view title;
  std::optional<std::int64_t> price;
};

constexpr Columns kNewDish(Column("id", &NewDish::id), Column("title", &NewDish::title),
                           Column("price", &NewDish::price));
constexpr auto kPriceDishes = SqlText(R"(
      UPDATE dishes
      SET title = r.title, price = r.price
      FROM {rows_of r: {shape}}
      WHERE dishes.id = r.id)")
                                  .Fill("{shape}", kShapeOf<kNewDish>);

class ColumnsOfDishes : public testing::Test {
 protected:
  void SetUp() override {
    auto tx = *database_->Write();
    ASSERT_TRUE(
        tx->Run("CREATE TABLE dishes (id INTEGER, title TEXT, price INTEGER, size TEXT, "
                "made_at TEXT)"));
    ASSERT_TRUE(
        tx->Run("INSERT INTO dishes (id, title, price, size, made_at) "
                "VALUES (1, 'Soup', 4, 'large', '2026-01-02T03:04:05.006Z')"));
    ASSERT_TRUE(tx.Commit());
  }

  std::vector<Dish> Dishes() {
    auto db = *database_->Reader();
    return *QueryAll(*db, kSelectDishes, {}, kDish);
  }

  std::unique_ptr<Database> database_ = *OpenDatabase("sqlite::memory:");
};

TEST_F(ColumnsOfDishes, ReadsEachMemberFromItsColumn) {
  const std::vector<Dish> dishes = Dishes();

  ASSERT_EQ(dishes.size(), 1u);
  EXPECT_EQ(dishes[0].id, 1);
  EXPECT_EQ(dishes[0].title, "Soup");
  EXPECT_FALSE(dishes[0].is_hot);
  EXPECT_EQ(dishes[0].price, 4);
  EXPECT_EQ(ToIso(dishes[0].made_at), "2026-01-02T03:04:05.006Z");
  EXPECT_EQ(dishes[0].size, Size::kLarge);
}

TEST_F(ColumnsOfDishes, WritesRowsByTheSameNames) {
  RowsOf<kNewDish> priced, made;
  priced.Add(NewDish{.id = 1, .title = "Stew", .price = 9});
  made.Add(NewDish{.id = 2, .title = "Tea", .price = {}});

  auto tx = *database_->Write();
  ASSERT_TRUE(tx->Run(kPriceDishes, {{"r", priced.table()}}));
  ASSERT_TRUE(tx->InsertMany("dishes", kListOf<kNewDish>, made.table()));
  ASSERT_TRUE(tx.Commit());

  const std::vector<Dish> dishes = Dishes();
  ASSERT_EQ(dishes.size(), 2u);
  EXPECT_EQ(dishes[0].title, "Stew");
  EXPECT_TRUE(dishes[0].is_hot);
  EXPECT_EQ(dishes[1].title, "Tea");
  EXPECT_EQ(dishes[1].price, std::nullopt);
}

TEST_F(ColumnsOfDishes, FindsRowsByTheirIds) {
  IdRows wanted;
  wanted.Add(IdRow{1});
  wanted.Add(IdRow{7});
  auto db = *database_->Reader();

  const auto found = *QueryAll(*db, R"(
      SELECT r.id
      FROM {rows_of r: id bigint}
      JOIN dishes d ON d.id = r.id)",
                               {{"r", wanted.table()}}, FirstColumn<std::int64_t>);

  EXPECT_EQ(found, std::vector<std::int64_t>{1});
}

TEST_F(ColumnsOfDishes, TakesBytesOfACellByTheirDigits) {
  RowsOf<kNewDish> titled;
  titled.Add(NewDish{.id = 1, .title = "00ff41", .price = {}});
  auto db = *database_->Reader();
  constexpr Sql kBytes =
      "SELECT {bytes_of r.title} FROM {rows_of r: id bigint, title text, price bigint}";

  EXPECT_EQ((*QueryOne(*db, kBytes, {{"r", titled.table()}}, FirstColumn<Blob>))->bytes,
            std::string("\0\xff"
                        "A",
                        3));

  titled.Add(NewDish{.id = 2, .title = "Soup", .price = {}});
  EXPECT_FALSE(db->Each(kBytes, {{"r", titled.table()}}, [](const Row&) {}));
}

TEST(FirstColumn, ReadsBytes) {
  auto database = *OpenDatabase("sqlite::memory:");
  auto db = *database->Reader();

  EXPECT_EQ((*QueryOne(*db, "SELECT x'0041'", {}, FirstColumn<Blob>))->bytes,
            std::string("\0A", 2));
}

TEST(FirstColumn, ReadsNullAsNothing) {
  auto database = *OpenDatabase("sqlite::memory:");
  auto db = *database->Reader();

  EXPECT_EQ(*QueryOne(*db, "SELECT NULL", {}, FirstColumn<std::optional<std::int64_t>>),
            std::optional<std::optional<std::int64_t>>(std::in_place, std::nullopt));
  EXPECT_EQ(*QueryOne(*db, "SELECT 7", {}, FirstColumn<std::int64_t>), 7);
}

}  // namespace
}  // namespace rolecall
