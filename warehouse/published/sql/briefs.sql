with

ranked as (

    select
        brief_id,
        count(rank) as ranked,
        count(*) as creators,
    from mart.fit_latest
    group by brief_id

),

briefs as (

    select
        brief.brief_id,
        brief.brand,
        coalesce(ranked.ranked, 0) as ranked,
        coalesce(ranked.creators, 0) as creators,
    from ref.brief
    left join ranked using (brief_id)
    order by brief_id

)

select * from briefs
