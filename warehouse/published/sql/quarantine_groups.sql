with

quarantine as (

    select * from ops.quarantine

),

grouped as (

    select
        path,
        member,
        sheet,
        "column",
        rule,
        count(*) as records,
        arg_min(row_number, row_number) as first_row,
        arg_min("value", row_number) as example,
        file_id,
        max(loaded_at) as loaded_at,
    from quarantine
    group by all

),

newest_first as (

    select
        grouped.*,
        count(*) over () as of_all,
    from grouped
    order by loaded_at desc, records desc, path, member nulls first, sheet nulls first, "column", rule
    limit $most

)

select * from newest_first
